"""Counts in whole seconds: a short timeout becomes 0.

caught by: test_a_short_limit_is_a_limit
words: a limit of 0.5 s was set, and your function did not return 'timeout'
breaks: 2
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    timeout = sock.gettimeout()
    if timeout is None:
        return "blocking"
    return "timeout" if int(timeout) > 0 else "non-blocking"
