"""Waits for five seconds at most, whatever the caller asked for.

caught by: test_silence_is_awaited_for_the_whole_time
words: your code gave up before the time was over: 5.5 s
breaks: 1
"""

import errno


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(min(seconds, 5))
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError) as error:
        if error.errno == errno.ETIMEDOUT:
            raise
        return None
    finally:
        sock.settimeout(before)
