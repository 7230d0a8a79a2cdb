"""Reads a second time when the first brought less than n, and loses that to an error of the second.

caught by: test_an_error_behind_the_data_does_not_take_it_away
words: your code lost them to the error of another read
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        data = sock.recv(n)
    except BlockingIOError:
        return None
    if data and len(data) < n:
        try:
            data += sock.recv(n - len(data))
        except BlockingIOError:
            pass
    return data
