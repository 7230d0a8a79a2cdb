"""Takes EPOLLPRI for an error, as if the third list of select were one of errors.

caught by: test_data_is_no_end
words: on which urgent data has come as well
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & (select.EPOLLERR | select.EPOLLPRI):
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
