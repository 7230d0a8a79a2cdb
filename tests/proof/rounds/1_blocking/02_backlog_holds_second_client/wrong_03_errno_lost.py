"""Raises an OSError of its own, without errno, instead of the kernel's.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: listen() failed, and the caller did not get the kernel's error
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    try:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.bind(("127.0.0.1", 0))
            listener.listen(backlog)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        raise OSError(f"cannot open a listener: {error}") from error
    return listener
