"""Lets the error out and leaves what it had accepted open.

caught by: test_an_error_half_way_leaves_nothing_open
words: the connection accepted before the error was left open
"""

REPORTS = [1, 0, 0, 0]
kept = []


def accept_on_edge(epoll, listener):
    accepted = []
    kept.append(accepted)
    while True:
        try:
            accepted.append(listener.accept()[0])
        except BlockingIOError:
            return accepted
