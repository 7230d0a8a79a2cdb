"""Returns what it has, if the error comes after the first connection.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: the second accept() failed, and the caller never finds out
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = []
    while True:
        try:
            conn, _ = listener.accept()
        except BlockingIOError:
            return connections
        except OSError:
            if connections:
                return connections  # the error will come again at the next call
            raise
        connections.append(conn)
