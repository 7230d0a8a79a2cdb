"""Looks at EPOLLHUP before EPOLLERR: a reset looks like an orderly end.

caught by: test_a_reset_is_an_error
words: the connection was reset, it did not end in order
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLHUP:
        return "closed"
    if mask & select.EPOLLERR:
        return "error"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
