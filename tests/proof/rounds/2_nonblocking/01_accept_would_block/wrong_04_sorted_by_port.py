"""Sorts the connections by their client's address and port, on the belief that ports grow in the order of arrival.

caught by: test_the_address_of_a_client_does_not_matter
words: Your function returned the connections in another order than they arrived
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    found: list[tuple[tuple[str, int], socket.socket]] = []
    while True:
        try:
            connection, address = listener.accept()
        except BlockingIOError:
            break
        except OSError:
            for _, connection in found:
                connection.close()
            raise
        found.append((address, connection))
    found.sort(key=lambda entry: entry[0])
    return [connection for _, connection in found]
