"""Keeps the connections by address: one from the same port replaces a dead one.

caught by: test_the_address_of_a_client_does_not_matter
words: four clients came, two of them from one address, and your function did not return four
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = {}  # none of them twice
    try:
        while True:
            try:
                conn, address = listener.accept()
            except BlockingIOError:
                break
            connections[address] = conn
    except BaseException:
        for conn in connections.values():
            conn.close()
        raise
    return list(connections.values())
