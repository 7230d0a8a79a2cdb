"""Asks getblocking(), which is True with a timeout too.

caught by: test_with_a_limit_it_is_in_timeout_mode
words: getblocking() is True in timeout mode too
"""

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    return "blocking" if sock.getblocking() else "non-blocking"
