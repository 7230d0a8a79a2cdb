"""Looks at 64 KiB at most, however large n is.

caught by: test_it_sees_everything_that_is_there
words: Your function did not return all the bytes that had arrived
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(min(n, 65536), socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
