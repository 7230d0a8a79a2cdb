"""Looks at 64 KiB at most, however much has arrived.

caught by: test_it_sees_everything_that_is_there
words: your function did not return all the bytes that had arrived
breaks: 1
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(min(n, 65536), LOOK)
    except BlockingIOError:
        return None
