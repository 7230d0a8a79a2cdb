"""Closes what it has accepted after a ConnectionError alone, and not after EMFILE.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return connections
        except ConnectionError:
            for connection in connections:
                connection.close()
            raise
        connections.append(connection)
