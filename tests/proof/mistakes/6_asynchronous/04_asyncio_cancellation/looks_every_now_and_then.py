"""Looks every ten milliseconds until the time is over.

caught by: test_what_comes_in_time_is_returned
words: your code looked again and again whether something had come: wait for the socket
"""

import asyncio
import time


async def recv_or_none(sock, n, timeout):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            return sock.recv(n)
        except BlockingIOError:
            await asyncio.sleep(0.01)
    return None
