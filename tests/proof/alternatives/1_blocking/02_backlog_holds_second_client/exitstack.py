"""An ExitStack owns the socket until all steps are done, and then lets go of it; a number too large for a C int
becomes an OSError too.
"""

import contextlib
import errno
import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    with contextlib.ExitStack() as stack:
        sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        sock.bind(("127.0.0.1", 0))
        try:
            sock.listen(backlog)
        except OverflowError as error:
            raise OSError(errno.EINVAL, str(error)) from error
        stack.pop_all()
        return sock
