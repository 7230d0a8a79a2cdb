"""Reads through a text file in its usual mode, which makes one newline of each line's end.

caught by: test_it_greets_once_and_shows_what_is_said
words: your server did not show what the client said, as it came
breaks: 2
"""

import contextlib
import socket


def serve(listener, show=print):
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn, conn.makefile("r", encoding="utf-8", errors="replace") as stream:
            for text in said(conn, stream, "welcome, {} port {}\n".format(*address).encode()):
                show(text)


def said(conn, stream, greeting):
    with contextlib.suppress(OSError):
        conn.sendall(greeting)
        while character := stream.read(1):
            yield character


def talk(address, messages):
    with socket.create_connection(address) as client:
        received = b""
        while b"\n" not in received:
            piece = client.recv(1024)
            if not piece:
                raise EOFError
            received += piece
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        with contextlib.suppress(BlockingIOError):
            while client.recv(65536, socket.MSG_DONTWAIT):
                pass
    return received.partition(b"\n")[0].decode()
