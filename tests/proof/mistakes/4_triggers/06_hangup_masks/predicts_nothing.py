"""Predicts that who asks for nothing gets nothing.

caught by: test_predict_what_is_reported_to_somebody_who_asked_for_nothing
words: these bits of a reset are reported to everybody, no others
"""

import select

REPORTED_UNASKED = 0


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
