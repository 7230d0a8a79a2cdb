"""Binds and takes that for a listener.

caught by: test_it_returns_a_socket_that_listens
words: your code returned a socket that does not listen
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener
