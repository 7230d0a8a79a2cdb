"""Finds the end of both directions by EPOLLRDHUP and EPOLLHUP together, which not everybody asks for.

caught by: test_a_hangup_is_reported_unasked
words: EPOLLHUP alone: both directions have ended, and nobody asked
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLRDHUP:
        return "closed" if mask & select.EPOLLHUP else "half-closed"
    return "open"
