"""Goes on after ECONNABORTED and accepts the next connection, instead of letting this error propagate.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: The second accept() failed, and the caller never finds out
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return connections
        except ConnectionAbortedError:
            continue
        except OSError:
            for connection in connections:
                connection.close()
            raise
        connections.append(connection)
