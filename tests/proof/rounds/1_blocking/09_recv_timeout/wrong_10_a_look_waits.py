"""Waits 50 ms when it is given 0 seconds, as a least limit for everything.

caught by: test_zero_seconds_look_once
words: your code waited, and was given 0 seconds
"""

import os
import select
import socket

LEAST = 0.05  # seconds


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    wait = seconds if seconds > 0 else LEAST
    if not poller.poll(wait * 1000):
        return None
    return os.read(sock.fileno(), n)
