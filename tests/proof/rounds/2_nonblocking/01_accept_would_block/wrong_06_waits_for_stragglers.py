"""After it has accepted something, it waits 20 ms for further clients before it returns.

caught by: test_the_listener_stays_as_it_was
words: Your code waited for a client, although the listener is non-blocking
"""

import select
import socket

GRACE = 20  # milliseconds


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            if connections and poller.poll(GRACE):
                continue
            return connections
        except OSError:
            for connection in connections:
                connection.close()
            raise
        connections.append(connection)
