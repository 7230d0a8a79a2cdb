"""Decodes what it sees and encodes it again.

caught by: test_it_sees_everything_that_is_there
words: your function did not return all the bytes that had arrived
breaks: 1
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n, LOOK).decode("utf-8", "replace").encode()
    except BlockingIOError:
        return None
