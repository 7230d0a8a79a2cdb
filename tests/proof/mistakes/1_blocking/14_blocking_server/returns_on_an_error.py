"""Ends in silence when the listener fails.

caught by: test_an_error_of_the_listener_propagates
words: accept() failed with EMFILE, and the caller never finds out
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        try:
            conn, (host, port) = listener.accept()
        except OSError:
            return
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                for text in codecs.iterdecode(iter(lambda: conn.recv(1024), b""), "utf-8", "replace"):
                    show(text)
            except ConnectionError:
                pass


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
