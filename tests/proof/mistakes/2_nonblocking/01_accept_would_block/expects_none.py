"""Expects accept to return None when nobody is there.

caught by: test_nobody_is_connecting
words: BlockingIOError EAGAIN
"""


def accept_pending(listener):
    accepted = []
    while (found := listener.accept()) is not None:
        accepted.append(found[0])
    return accepted
