"""Compares the mask with one bit, as if epoll reported only one at a time.

caught by: test_both_directions_ended_is_closed
words: EPOLLIN | EPOLLOUT | EPOLLHUP | EPOLLRDHUP: both directions have ended
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask == select.EPOLLERR:
        return "error"
    if mask == select.EPOLLHUP:
        return "closed"
    if mask == select.EPOLLRDHUP:
        return "half-closed"
    return "open"
