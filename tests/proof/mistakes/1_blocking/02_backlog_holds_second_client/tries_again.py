"""A step that fails is tried a second time on a fresh socket, and the first OSError is swallowed.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: listen() failed, and the caller did not get the kernel's error
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def _open(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener


def open_listener(backlog: int) -> socket.socket:
    try:
        return _open(backlog)
    except OSError:
        return _open(backlog)  # the port may have been taken meanwhile
