"""Goes on after the network errors that accept(2) names, as the man page advises servers to do.

caught by: test_an_error_of_accept_propagates_at_once
words: accept() failed, and the caller never finds out
breaks: 4
"""

import errno
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    while True:
        try:
            conn, address = listener.accept()
        except OSError as error:
            if error.errno in (
                errno.ENETDOWN,
                errno.EPROTO,
                errno.ENOPROTOOPT,
                errno.EHOSTDOWN,
                errno.ENONET,
                errno.EHOSTUNREACH,
                errno.ENETUNREACH,
            ):
                continue
            raise
        conn.setblocking(False)
        return conn, address
