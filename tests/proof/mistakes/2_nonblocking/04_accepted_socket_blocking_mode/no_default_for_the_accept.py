"""Takes the default timeout away for the accept(), so that the new socket has none.

caught by: test_the_default_timeout_makes_no_difference
words: your code changed the default timeout of the whole process for its accept()
breaks: 6
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    default = socket.getdefaulttimeout()
    socket.setdefaulttimeout(None)
    try:
        conn, address = listener.accept()
    finally:
        socket.setdefaulttimeout(default)
    conn.setblocking(False)
    return conn, address
