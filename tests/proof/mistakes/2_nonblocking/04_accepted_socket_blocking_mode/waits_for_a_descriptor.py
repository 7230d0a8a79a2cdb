"""Waits for a moment when no descriptor is left, and tries again.

caught by: test_an_error_of_accept_propagates_at_once
words: accept() failed, and the caller never finds out
breaks: 4
"""

import errno
import socket
import time


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    for _ in range(3):
        try:
            conn, address = listener.accept()
            break
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
            time.sleep(0.01)
    else:
        conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
