"""Raises a new OSError with a message only in place of the kernel's: errno and the class (PermissionError …) are
lost.

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
    except OSError as error:
        sock.close()
        raise OSError(f"cannot listen: {error}") from error
    except BaseException:
        sock.close()
        raise
    return sock
