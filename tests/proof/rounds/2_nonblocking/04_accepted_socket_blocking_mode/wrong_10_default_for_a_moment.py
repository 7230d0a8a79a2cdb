"""Sets the default timeout to 0 during accept(): sockets of other threads are non-blocking meanwhile.

caught by: test_the_default_timeout_makes_no_difference
words: Your code changed the default timeout of the whole process for its accept()
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(0.0)
    try:
        conn, address = listener.accept()
    finally:
        socket.setdefaulttimeout(before)
    conn.setblocking(False)
    return conn, address
