"""Shuts each connection down before it closes it, which fails after a reset: the others stay open.

caught by: test_after_an_error_a_connection_that_was_reset_is_closed_too
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import contextlib
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return connections
        except OSError:
            with contextlib.suppress(OSError):
                for connection in connections:
                    connection.shutdown(socket.SHUT_RDWR)
                    connection.close()
            raise
        connections.append(connection)
