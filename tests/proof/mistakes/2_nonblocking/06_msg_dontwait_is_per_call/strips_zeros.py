"""Cuts the zero bytes off the end of its buffer, and so those that had arrived as well.

caught by: test_it_sees_everything_that_is_there
words: your function did not return all the bytes that had arrived
breaks: 1
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    try:
        if not sock.recv_into(buffer, n, LOOK):
            return b""
    except BlockingIOError:
        return None
    return bytes(buffer).rstrip(b"\0")
