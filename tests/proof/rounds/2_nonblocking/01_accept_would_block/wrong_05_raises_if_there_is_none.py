"""Lets BlockingIOError propagate if the queue was empty from the beginning.

caught by: test_nobody_is_connecting
words: your code raised BlockingIOError EAGAIN: Resource temporarily unavailable
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            if connections:
                return connections
            raise
        except OSError:
            for connection in connections:
                connection.close()
            raise
        connections.append(connection)
