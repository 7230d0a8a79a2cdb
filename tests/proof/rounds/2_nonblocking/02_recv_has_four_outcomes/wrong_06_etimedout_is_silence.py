"""Returns None for every TimeoutError too, hence also when the kernel has given up the connection with ETIMEDOUT.

caught by: test_a_broken_connection_is_an_error
words: The connection broke, and the caller never finds out
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n)
    except (BlockingIOError, TimeoutError):
        return None
