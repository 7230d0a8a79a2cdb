"""Predicts that a backlog of 1 lets one client in.

caught by: test_how_many_of_five_are_let_in_was_predicted
words: your prediction was wrong: the kernel completed another number of connections
breaks: 6
"""

import socket

ADMITTED = 1


def open_listener(backlog):
    listener = socket.socket()
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener
