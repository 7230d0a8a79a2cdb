"""Asks the kernel: with O_NONBLOCK it is non-blocking, without it blocking.

caught by: test_with_a_limit_it_is_in_timeout_mode
words: O_NONBLOCK is set in timeout mode too
"""

import os

EMPTY_RECV = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock):
    return "blocking" if os.get_blocking(sock.fileno()) else "non-blocking"
