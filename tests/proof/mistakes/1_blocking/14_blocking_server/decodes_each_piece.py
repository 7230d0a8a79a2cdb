"""Decodes each piece by itself.

caught by: test_a_character_that_arrives_in_pieces_is_shown_whole
words: UnicodeDecodeError
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                while data := conn.recv(1024):
                    show(data.decode())
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
