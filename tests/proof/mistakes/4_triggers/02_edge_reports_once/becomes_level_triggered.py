"""Registers the listener level-triggered to be told of everybody, and leaves it so.

caught by: test_the_listener_stays_registered_as_it_was
words: epoll watches the listener with another mask than before
"""

import select

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    epoll.modify(listener, select.EPOLLIN)
    accepted = []
    while epoll.poll(0):
        accepted.append(listener.accept()[0])
    return accepted
