"""Goes on after ECONNABORTED, as if only that one client were concerned.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: the second accept() failed, and the caller never finds out
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
            except ConnectionAbortedError:
                continue  # this client has gone; the next, please
            connections.append(conn)
    except BaseException:
        for conn in connections:
            conn.close()
        raise
    return connections
