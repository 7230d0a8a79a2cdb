"""Takes TimeoutError (ETIMEDOUT, a dead connection) for "nothing yet".

caught by: test_a_broken_connection_is_an_error
words: the connection broke, and the caller never finds out
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n)
    except (BlockingIOError, TimeoutError):
        return None
