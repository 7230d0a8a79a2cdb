"""Looks at the data without taking it: the next call returns the same again.

caught by: test_no_more_than_n_bytes_are_taken
words: your second call returned something else than the rest
breaks: 1
"""

import socket


def try_recv(sock, n):
    try:
        return sock.recv(n, socket.MSG_PEEK)
    except BlockingIOError:
        return None
