"""Guesses the end from EPOLLIN without EPOLLPRI or EPOLLRDHUP: data looks just like that.

caught by: test_data_is_no_end
words: EPOLLIN | EPOLLOUT came from a connection with data to read and no end, and your answer was wrong
"""

import select

REPORTED_UNASKED = select.EPOLLERR | select.EPOLLHUP


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & (select.EPOLLRDHUP | select.EPOLLIN) else "open"
