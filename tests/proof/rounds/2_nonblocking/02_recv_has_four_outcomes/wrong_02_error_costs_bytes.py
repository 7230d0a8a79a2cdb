"""Reads on until n bytes are there: an error behind the first loses them.

caught by: test_an_error_behind_the_data_does_not_take_it_away
words: four bytes had arrived, and your code lost them to the error of another read
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    data = b""
    while len(data) < n:
        try:
            part = sock.recv(n - len(data))
        except BlockingIOError:
            return data or None
        if not part:
            break
        data += part
    return data
