"""Reads at least 4096 bytes, returns the first n, and throws the others away.

caught by: test_no_more_than_n_bytes_are_taken
words: Your function took more than n bytes out of the socket
"""

import socket

BLOCK = 4096


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        data = sock.recv(max(n, BLOCK))
    except BlockingIOError:
        return None
    return data[:n]
