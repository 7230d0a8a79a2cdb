"""The clean-up calls shutdown() first, which fails on a socket that is not connected: its ENOTCONN replaces the
error, and close() is never reached.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: listen() failed, and the caller did not get the kernel's error
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind(("127.0.0.1", 0))
        sock.listen(backlog)
    except BaseException:
        sock.shutdown(socket.SHUT_RDWR)
        sock.close()
        raise
    return sock
