"""Closes after the end and after a reset, and not when show() fails.

caught by: test_an_error_of_show_propagates_and_the_connection_is_closed
words: show() failed, and your server left the connection open
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        pieces = []
        try:
            conn.sendall(f"welcome, {host} port {port}\n".encode())
            for text in codecs.iterdecode(iter(lambda: receive(conn), b""), "utf-8", "replace"):
                show(text)
        except ConnectionResetError:
            pass
        conn.close()


def receive(conn):
    try:
        return conn.recv(1024)
    except ConnectionError:
        return b""


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
