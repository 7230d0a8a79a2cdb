"""Only bind() is guarded: if listen() fails the socket is not closed.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: socket 1 was never closed: it was left to the garbage collector
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
    except OSError:
        listener.close()
        raise
    listener.listen(backlog)
    return listener
