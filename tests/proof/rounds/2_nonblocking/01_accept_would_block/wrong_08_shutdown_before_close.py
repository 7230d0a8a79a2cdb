"""Shuts each connection down before it closes it, which fails after a reset.

caught by: test_after_an_error_a_connection_that_was_reset_is_closed_too
words: Whoever opens or starts something also closes or ends it, on every way out
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = []
    try:
        while True:
            try:
                conn, _ = listener.accept()
            except BlockingIOError:
                break
            connections.append(conn)
    except BaseException:
        for conn in connections:
            try:
                conn.shutdown(socket.SHUT_RDWR)
                conn.close()
            except OSError:
                pass  # the first error is the one that counts
        raise
    return connections
