"""Closes the connection of a client that has been silent for ten seconds.

caught by: test_the_second_client_waits_until_the_first_has_left
words: your server called accept() again while the first client was there
breaks: 4
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
        conn.settimeout(10)
        conn.sendall(greeting)
        while piece := conn.recv(4096):
            yield piece


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
