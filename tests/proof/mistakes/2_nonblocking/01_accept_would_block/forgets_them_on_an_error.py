"""Lets the error out and leaves what it had accepted open.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: the connection accepted before the error is closed
"""

kept = []


def accept_pending(listener):
    accepted = []
    kept.append(accepted)
    while True:
        try:
            accepted.append(listener.accept()[0])
        except BlockingIOError:
            return accepted
