"""Turns the TimeoutError of a listener with a timeout into BlockingIOError: one error for 'nobody came'.

caught by: test_a_listener_with_a_timeout_waits_for_so_long
words: Your code did not wait for as long as the listener's timeout
"""

import errno
import os
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    try:
        conn, address = listener.accept()
    except TimeoutError:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from None
    conn.setblocking(False)
    return conn, address
