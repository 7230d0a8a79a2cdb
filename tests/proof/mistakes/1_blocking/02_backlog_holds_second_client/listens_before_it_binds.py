"""Listens first: by then the socket has a name, and bind() refuses.

caught by: test_it_returns_a_socket_that_listens
words: EINVAL
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    try:
        listener.listen(backlog)
        listener.bind(("127.0.0.1", 0))
    except OSError:
        listener.close()
        raise
    return listener
