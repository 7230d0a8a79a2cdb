"""Takes a readable socket for a living one, as if an end were not readable.

caught by: test_a_peer_that_has_stopped_sending_is_half_closed
words: the peer's direction has ended, and yours is open
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLIN:
        return "open"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
