"""Chooses the port itself and has several sockets share it: each gets a part of the clients.

caught by: test_each_listener_has_a_port_of_its_own
words: two listeners got the same port
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind(("127.0.0.1", 6968))
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener
