"""Lets the error propagate and leaves open what it had accepted.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: the second accept() failed, and your code left the first connection open
breaks: 6
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
