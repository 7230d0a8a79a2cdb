"""When it only looks (0 seconds), it returns None at the end of the stream too.

caught by: test_the_end_is_empty_bytes_and_ends_the_wait
words: your code was given 0 seconds, and took the end for silence
"""

import os
import select
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    if seconds == 0:
        data = b""
        if poller.poll(0):
            data = os.read(sock.fileno(), n)
        return data or None
    if not poller.poll(seconds * 1000):
        return None
    return os.read(sock.fileno(), n)
