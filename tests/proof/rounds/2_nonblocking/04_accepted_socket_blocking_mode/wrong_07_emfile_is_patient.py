"""Tries accept() again, up to ten times, when descriptors are short, before it lets the error propagate.

caught by: test_an_error_of_accept_propagates_at_once
words: accept() failed, and the caller never finds out
"""

import errno
import socket
import time


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    attempts = 10
    while True:
        try:
            conn, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE) or not attempts:
                raise
            attempts -= 1
            time.sleep(0.1)
        else:
            conn.setblocking(False)
            return conn, address
