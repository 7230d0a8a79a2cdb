"""Makes the connection non-blocking only if it has no timeout, so a default timeout leaves it in timeout mode.

caught by: test_the_default_timeout_makes_no_difference
words: The default timeout was 20 seconds, and your code did not make the connection non-blocking
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, address = listener.accept()
    if conn.gettimeout() is None:
        conn.setblocking(False)
    return conn, address
