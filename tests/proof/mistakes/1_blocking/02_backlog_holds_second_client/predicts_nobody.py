"""Predicts that no connection is complete before accept().

caught by: test_how_many_of_five_are_let_in_was_predicted
words: your prediction was wrong: the kernel completed another number of connections
"""

import socket

ADMITTED = 0


def open_listener(backlog):
    listener = socket.socket()
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener
