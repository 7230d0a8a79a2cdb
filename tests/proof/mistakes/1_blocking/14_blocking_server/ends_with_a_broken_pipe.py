"""Takes a reset for the end of a client, and not the broken pipe that it is after the client's own end.

caught by: test_a_client_that_is_gone_before_its_greeting_does_not_end_it
words: BrokenPipeError EPIPE
breaks: 6
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
    with contextlib.suppress(ConnectionResetError, TimeoutError):
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
