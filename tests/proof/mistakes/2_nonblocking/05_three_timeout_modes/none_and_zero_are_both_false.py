"""Tests the timeout for truth: None and 0.0 end in the same branch.

caught by: test_a_timeout_of_zero_is_nonblocking
words: the timeout was 0, and your function did not return 'non-blocking'
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    if not sock.gettimeout():
        return "blocking"
    return "timeout"
