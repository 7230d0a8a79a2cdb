"""The client looks for the newline in the first 4,096 bytes alone.

caught by: test_the_client_waits_for_the_whole_greeting_and_for_no_more
words: EOFError
breaks: 8
"""

import codecs
import contextlib
import socket


def serve(listener, show=print):
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn:
            pieces = said(conn, "welcome, {} port {}\n".format(*address).encode())
            for text in codecs.iterdecode(pieces, "utf-8", "replace"):
                show(text)


def said(conn, greeting):
    with contextlib.suppress(OSError):
        conn.sendall(greeting)
        while piece := conn.recv(4096):
            yield piece


def talk(address, messages):
    with socket.create_connection(address) as client:
        received = b""
        while b"\n" not in received:
            piece = client.recv(4096 - len(received))
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
