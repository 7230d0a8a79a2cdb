"""Catches the reset, and ends with it.

caught by: test_a_client_whose_connection_breaks_does_not_end_it
words: and your server did not take the next
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                for text in codecs.iterdecode(iter(lambda: conn.recv(1024), b""), "utf-8", "replace"):
                    show(text)
            except ConnectionError:
                return


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
