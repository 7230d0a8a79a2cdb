"""Takes ETIMEDOUT, with which a connection has failed, for `nothing has arrived yet` and returns None.

caught by: test_a_reset_propagates
words: The connection had failed, and the caller never finds out
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except (BlockingIOError, TimeoutError):
        return None
