"""Registers the listener level-triggered to be told of everybody, and leaves it so.

caught by: test_the_listener_stays_registered_as_it_was
words: your code left the listener watched with another mask, or not at all
"""

import select

REPORTS = [1, 0, 0, 0]


def accept_on_edge(epoll, listener):
    epoll.modify(listener, select.EPOLLIN)
    accepted = []
    while epoll.poll(0):
        accepted.append(listener.accept()[0])
    return accepted
