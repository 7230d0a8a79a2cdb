"""Rounds the limit up to whole seconds: 5.5 seconds become six.

caught by: test_silence_is_awaited_for_the_whole_time
words: your code waited for longer than `seconds`: 5.5 s
"""

import math
import select


def recv_within(sock, n, seconds):
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return sock.recv(n) if poll.poll(math.ceil(seconds) * 1000) else None
