"""Catches every OSError: without descriptors the queue looks empty.

caught by: test_an_error_is_no_empty_queue
words: your code took an error of accept() for an empty queue: the client waits for ever
"""

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    accepted = []
    while True:
        try:
            accepted.append(listener.accept()[0])
        except OSError:
            return accepted
