"""Peeks into a buffer of n bytes and trims zero bytes at its end, of which some may have been sent.

caught by: test_it_sees_everything_that_is_there
words: Your function did not return all the bytes that had arrived
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    try:
        sock.recv_into(buffer, n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    return bytes(buffer.rstrip(b"\0"))
