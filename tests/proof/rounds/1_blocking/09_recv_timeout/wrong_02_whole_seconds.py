"""Rounds the limit up to whole seconds, so that 0.2 waits a second.

caught by: test_silence_is_awaited_for_the_whole_time
words: your code waited for longer than `seconds`: 5.5 s
"""

import math
import os
import select
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    if not poller.poll(math.ceil(seconds) * 1000):
        return None
    return os.read(sock.fileno(), n)
