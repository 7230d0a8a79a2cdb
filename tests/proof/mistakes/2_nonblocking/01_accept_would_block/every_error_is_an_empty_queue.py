"""Catches every OSError, as program 2 of the document does: a closed listener looks idle.

caught by: test_a_closed_listener_is_an_error_not_an_empty_queue
words: the listener was closed, and the caller never finds out
breaks: 5
"""


def accept_pending(listener):
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
    except OSError:
        return accepted
