"""Wants EPOLLERR and EPOLLHUP together, as a reset shows them.

caught by: test_an_error_need_not_be_a_hangup
words: an error is waiting, and nothing hung up
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    both = select.EPOLLERR | select.EPOLLHUP
    if mask & both == both:
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
