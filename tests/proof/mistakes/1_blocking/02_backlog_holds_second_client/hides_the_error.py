"""Returns the socket although it does not listen.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: listen() failed, and the caller did not get the kernel's error
"""

import socket

ADMITTED = 2


def open_listener(backlog):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    try:
        listener.listen(backlog)
    except OSError as error:
        print(error)
    return listener
