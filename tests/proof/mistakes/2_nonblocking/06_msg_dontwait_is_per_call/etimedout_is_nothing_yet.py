"""Takes every TimeoutError for nothing yet, the one of a broken connection as well.

caught by: test_a_reset_propagates
words: the connection had failed, and the caller never finds out
breaks: 4
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n, LOOK)
    except (BlockingIOError, TimeoutError):
        return None
