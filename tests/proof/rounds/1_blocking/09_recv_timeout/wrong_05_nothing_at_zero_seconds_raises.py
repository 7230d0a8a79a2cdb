"""Catches TimeoutError only, so with 0 seconds and no bytes BlockingIOError comes out.

caught by: test_zero_seconds_look_once
words: your code raised BlockingIOError EAGAIN: Resource temporarily unavailable
"""

import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except TimeoutError as error:
        if error.errno is not None:
            raise
        return None
    finally:
        sock.settimeout(before)
