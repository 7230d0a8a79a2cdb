"""Removes from the list over which it iterates: every second one stays open.

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
            connections.remove(conn)
            conn.close()
        raise
    return connections
