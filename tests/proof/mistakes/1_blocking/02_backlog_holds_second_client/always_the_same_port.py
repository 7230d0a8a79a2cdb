"""Chooses the port itself, as the document does: there is one such listener at most.

caught by: test_each_listener_has_a_port_of_its_own
words: EADDRINUSE
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    try:
        listener.bind(("127.0.0.1", 6969))
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener
