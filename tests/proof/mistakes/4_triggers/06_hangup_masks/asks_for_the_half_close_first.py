"""Looks at EPOLLRDHUP first, which a closed connection and a broken one have set as well.

caught by: test_both_directions_ended_is_closed
words: wanted 'closed' got 'half-closed'
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLRDHUP:
        return "half-closed"
    if mask & select.EPOLLHUP:
        return "closed"
    if mask & select.EPOLLERR:
        return "error"
    return "open"
