"""Treats whatever accept raises as a client that is gone.

caught by: test_an_error_of_the_listener_propagates
words: a busy loop
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        try:
            conn, (host, port) = listener.accept()
            with conn:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                for text in codecs.iterdecode(iter(lambda: conn.recv(1024), b""), "utf-8", "replace"):
                    show(text)
        except OSError:
            continue


def talk(address, messages):
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        reader.read()
    return line[:-1].decode()
