"""Collects in a default argument: the second call returns the first client again.

caught by: test_the_next_client_is_a_new_edge
words: call 2 did not return the client that came since the last call
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener, accepted=[]):  # noqa: B006
    try:
        while True:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        return accepted
