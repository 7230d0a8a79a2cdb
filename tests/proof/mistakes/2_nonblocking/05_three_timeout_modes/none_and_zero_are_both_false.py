"""Tests the timeout for truth: None and 0.0 end in the same branch.

caught by: test_a_timeout_of_zero_is_nonblocking
words: 0.0 means that no call waits; only None means without a limit
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    if not sock.gettimeout():
        return "blocking"
    return "timeout"
