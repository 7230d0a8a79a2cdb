"""Takes a writable socket for a connected one.

caught by: test_a_socket_that_was_never_connected_is_closed
words: without a peer nothing goes either way, writable or not
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLRDHUP:
        return "closed" if mask & select.EPOLLHUP else "half-closed"
    if mask & select.EPOLLOUT:
        return "open"
    return "closed" if mask & select.EPOLLHUP else "open"
