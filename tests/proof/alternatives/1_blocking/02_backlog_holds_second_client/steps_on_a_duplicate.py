"""A bare descriptor is the owner; bind() and listen() are called on a duplicate of it, which is closed again
before the return.
"""

import errno
import os
import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    fd = socket.socket(socket.AF_INET, socket.SOCK_STREAM).detach()
    try:
        with socket.fromfd(fd, socket.AF_INET, socket.SOCK_STREAM) as twin:
            twin.bind(("127.0.0.1", 0))
            try:
                twin.listen(backlog)
            except OverflowError as error:
                raise OSError(errno.EINVAL, str(error)) from error
        return socket.socket(fileno=fd)
    except BaseException:
        os.close(fd)
        raise
