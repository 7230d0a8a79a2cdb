"""Looks into each accepted connection, and closes and leaves out those whose client has ended or reset already.

caught by: test_the_address_of_a_client_does_not_matter
words: Four clients came, two of them from one address, and your function did not return four
"""

import socket


def is_gone(connection: socket.socket) -> bool:
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return connections
        except OSError:
            for connection in connections:
                connection.close()
            raise
        if is_gone(connection):
            connection.close()
        else:
            connections.append(connection)
