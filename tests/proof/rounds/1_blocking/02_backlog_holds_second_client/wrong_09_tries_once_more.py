"""It does not let an error of bind() or listen() propagate at the first time, but tries once more with a new socket.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: listen() failed, and the caller did not get the kernel's error
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_once(backlog: int) -> socket.socket:
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
        return open_once(backlog)
    except OSError:
        return open_once(backlog)
