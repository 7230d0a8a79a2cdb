"""The caller gets a duplicate (fromfd) of a detached descriptor: after he has closed it the port still listens.

caught by: test_it_returns_a_socket_that_listens
words: socket 1 is still open
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return socket.fromfd(listener.detach(), socket.AF_INET, socket.SOCK_STREAM)
