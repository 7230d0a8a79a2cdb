"""Greets again before every recv.

caught by: test_it_greets_once_and_shows_what_is_said
words: greeting comes once, and not with every message
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                decoder = codecs.getincrementaldecoder("utf-8")("replace")
                while True:
                    conn.sendall(f"welcome, {host} port {port}\n".encode())
                    data = conn.recv(1024)
                    if not data:
                        break
                    show(decoder.decode(data))
                show(decoder.decode(b"", True))
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
