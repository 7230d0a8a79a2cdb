"""Reads at most 64 KiB, even if n and what has arrived are more.

caught by: test_much_is_returned_at_once
words: your function did not return all that had arrived, although n was larger
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(min(n, 65536))
    except BlockingIOError:
        return None
