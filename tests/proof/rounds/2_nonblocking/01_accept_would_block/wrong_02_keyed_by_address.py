"""Collects the connections by the client's address: of two from the same port it returns one.

caught by: test_the_address_of_a_client_does_not_matter
words: Four clients came, two of them from one address, and your function did not return four
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: dict[object, socket.socket] = {}
    try:
        while True:
            connection, address = listener.accept()
            connections[address] = connection
    except BlockingIOError:
        return list(connections.values())
    except OSError:
        for connection in connections.values():
            connection.close()
        raise
