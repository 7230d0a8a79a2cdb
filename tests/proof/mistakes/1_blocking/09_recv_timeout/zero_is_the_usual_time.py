"""Takes 0 seconds for "nothing said", and waits for a time of its own.

caught by: test_zero_seconds_look_once
words: your code waited, and was given 0 seconds
breaks: 5
"""

import select


def recv_within(sock, n, seconds):
    readable, _, _ = select.select([sock], [], [], seconds or 1.0)
    return sock.recv(n) if readable else None
