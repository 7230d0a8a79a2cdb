"""Lets the error out and forgets the socket that does not listen.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: was never closed
breaks: 5
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(backlog)
    return listener
