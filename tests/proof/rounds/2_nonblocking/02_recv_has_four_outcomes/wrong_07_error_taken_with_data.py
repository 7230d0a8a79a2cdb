"""Fetches SO_ERROR, which clears it, and forgets it if there are bytes to return first: a reset becomes an end.

caught by: test_a_broken_connection_is_an_error
words: The connection broke, and the caller never finds out
"""

import os
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    try:
        data = sock.recv(n)
    except BlockingIOError:
        data = None
    if code and not data:
        raise OSError(code, os.strerror(code))
    return data
