"""Waits for EPOLLHUP when the peer stops sending, and takes EPOLLRDHUP for the end of everything.

caught by: test_a_peer_that_has_stopped_sending_is_half_closed
words: wanted 'half-closed' got 'closed'
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLRDHUP:
        return "closed"
    if mask & select.EPOLLHUP:
        return "half-closed"
    return "open"
