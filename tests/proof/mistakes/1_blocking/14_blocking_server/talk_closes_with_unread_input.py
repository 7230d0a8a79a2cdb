"""The client closes with input unread that came behind the greeting, and that is a reset.

caught by: test_what_comes_behind_the_greeting_does_not_reset_the_end
words: more came behind the greeting, and your client reset the connection
breaks: 9
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
            piece = client.recv(1024)
            if not piece:
                raise EOFError
            received += piece
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
    return received.partition(b"\n")[0].decode()
