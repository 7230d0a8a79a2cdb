"""Counts in whole seconds: a short timeout becomes none.

caught by: test_a_short_limit_is_a_limit
words: limit of 0.5 s is short, and yet a call waits for it
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if int(timeout) > 0 else "non-blocking"
