"""After the first bytes it goes on waiting until n are there, the stream ends or the time is up.

caught by: test_bytes_that_are_there_are_returned_at_once
words: still blocked in poll.poll(3e+04)
"""

import os
import select
import socket
import time


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    deadline = time.monotonic() + seconds
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    while len(data) < n:
        left = max(0.0, deadline - time.monotonic())
        if not poller.poll(left * 1000):
            return bytes(data) if data else None
        try:
            piece = os.read(sock.fileno(), n - len(data))
        except BlockingIOError:
            continue
        if not piece:
            break
        data += piece
    return bytes(data)
