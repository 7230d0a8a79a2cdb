"""Makes the listener non-blocking just for the accept(), after it has waited.

caught by: test_the_listener_keeps_its_mode
words: your code changed the mode of the caller's listener for its accept()
breaks: 5
"""

import errno
import os
import select
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    timeout = listener.gettimeout()
    if not select.select([listener], [], [], timeout)[0]:
        raise TimeoutError("timed out") if timeout else BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    listener.setblocking(False)
    try:
        conn, address = listener.accept()
    finally:
        listener.settimeout(timeout)
    conn.setblocking(False)
    return conn, address
