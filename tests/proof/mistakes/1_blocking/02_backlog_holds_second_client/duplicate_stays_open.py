"""Returns a duplicate and keeps the first descriptor in a list: after the caller's close() the port still
listens.

caught by: test_it_returns_a_socket_that_listens
words: socket 1 is still open
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


_keep: list[socket.socket] = []  # so that no listener is collected while in use


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind(("127.0.0.1", 0))
        sock.listen(backlog)
        listener = sock.dup()
    except BaseException:
        sock.close()
        raise
    _keep.append(sock)
    return listener
