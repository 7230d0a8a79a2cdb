"""Thinks that a backlog of 0 makes a listener that nobody can reach.

caught by: test_the_backlog_is_the_one_that_was_asked_for
words: your code passed the kernel another backlog than the caller's
breaks: 4
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(max(1, backlog))
    except OSError:
        listener.close()
        raise
    return listener
