"""Reads a second time when the first brought less than n, and swallows the error of the second: the next says "end".

caught by: test_a_broken_connection_is_an_error
words: The connection broke, and the caller never finds out
breaks: 4
"""

import contextlib
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        data = sock.recv(n)
    except BlockingIOError:
        return None
    if data and len(data) < n:
        with contextlib.suppress(OSError):
            data += sock.recv(n - len(data))
    return data
