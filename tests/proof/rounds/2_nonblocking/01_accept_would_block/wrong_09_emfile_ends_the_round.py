"""After EMFILE returns what it has, and leaves the others for the next call.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: The second accept() failed, and the caller never finds out
"""

import errno
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return connections
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE) and connections:
                return connections
            for connection in connections:
                connection.close()
            raise
        connections.append(connection)
