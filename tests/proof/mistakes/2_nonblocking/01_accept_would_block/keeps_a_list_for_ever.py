"""Collects in one list for all calls: the second call returns the first client again.

caught by: test_the_next_call_starts_afresh
words: the second call did not return just that one
"""

accepted = []


def accept_pending(listener):
    try:
        while True:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        return accepted
