"""Remembers the answer for each socket: after settimeout() it is out of date.

caught by: test_the_answer_follows_the_socket
words: and your function returned an old mode
breaks: 3
"""

import functools

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


@functools.cache
def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
