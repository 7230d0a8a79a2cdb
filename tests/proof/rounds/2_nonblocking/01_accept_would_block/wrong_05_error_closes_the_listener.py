"""Uses a second socket object for the descriptor, which closes it after an error.

caught by: test_a_socket_that_never_listened_is_an_error
words: your code closed a socket that is still needed, or returned one that is closed
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    door = socket.socket(fileno=listener.fileno())
    door.setblocking(False)
    connections = []
    try:
        while True:
            try:
                conn, _ = door.accept()
            except BlockingIOError:
                break
            connections.append(conn)
    except BaseException:
        for conn in connections:
            conn.close()
        raise
    door.detach()  # or the listener would be closed with it
    return connections
