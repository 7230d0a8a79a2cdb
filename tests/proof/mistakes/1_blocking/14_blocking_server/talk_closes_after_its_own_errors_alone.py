"""The client closes after an OSError and an EOFError, and not when `messages` raises something else.

caught by: test_what_ends_the_client_early_is_an_error_and_leaves_no_socket_open
words: should be left behind
breaks: 10
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
    client = socket.create_connection(address)
    try:
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
    except (OSError, EOFError):
        client.close()
        raise
    client.close()
    return received.partition(b"\n")[0].decode()
