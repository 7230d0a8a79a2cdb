"""Takes EPOLLPRI for an error, as if the third list of select were one of errors.

caught by: test_data_is_no_end
words: came from a connection with urgent data and no end, and your answer was wrong
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & (select.EPOLLERR | select.EPOLLPRI):
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
