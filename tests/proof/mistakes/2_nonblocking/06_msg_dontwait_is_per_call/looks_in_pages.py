"""Looks in pages of 4,096 bytes, and each look begins at the first byte again.

caught by: test_it_sees_everything_that_is_there
words: your function did not return all the bytes that had arrived
breaks: 1
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    seen = b""
    while len(seen) < n:
        try:
            piece = sock.recv(min(4096, n - len(seen)), LOOK)
        except BlockingIOError:
            return seen or None
        seen += piece
        if len(piece) < 4096:
            break
    return seen
