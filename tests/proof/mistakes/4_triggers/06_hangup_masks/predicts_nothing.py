"""Predicts that who asks for nothing gets nothing.

caught by: test_what_a_reset_reports_unasked_was_predicted
words: your prediction was wrong: these bits of a reset are always reported, and no others
"""

import select

REPORTED_UNASKED = 0


def state_of(mask):
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    return "half-closed" if mask & select.EPOLLRDHUP else "open"
