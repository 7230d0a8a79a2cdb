"""Returns a second object on a duplicate, and leaves the first to the garbage collector.

caught by: test_the_kernel_has_the_connection_non_blocking
words: conn 1 was never closed
"""

import socket


def accept_nonblocking(listener):
    conn, address = listener.accept()
    copy = socket.fromfd(conn.fileno(), conn.family, conn.type)
    copy.setblocking(False)
    return copy, address
