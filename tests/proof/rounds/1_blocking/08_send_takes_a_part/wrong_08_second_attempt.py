"""Tries once more after an error, so that the second error is the one raised.

caught by: test_a_timeout_propagates_at_once
words: a send() timed out, and your code sent again: the timeout belongs to the caller
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        try:
            count = sock.send(rest)
        except OSError:
            count = sock.send(rest)  # perhaps it was only a moment
        rest = rest[count:]
