"""Silences the decoder: a character in pieces becomes several replacement characters.

caught by: test_a_character_that_arrives_in_pieces_is_shown_whole
words: recv() cut a character in pieces, and they were not put together
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
                    show(data.decode(errors="replace"))
            except ConnectionError:
                pass


def talk(address, messages):
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
    return line[:-1].decode()
