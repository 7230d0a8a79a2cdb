"""Sorts the connections by the clients' addresses.

caught by: test_the_address_of_a_client_does_not_matter
words: your function returned the connections in another order than they arrived
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    accepted = []
    try:
        while True:
            try:
                accepted.append(listener.accept())
            except BlockingIOError:
                break
    except BaseException:
        for conn, _ in accepted:
            conn.close()
        raise
    accepted.sort(key=lambda pair: pair[1])  # later clients have higher ports
    return [conn for conn, _ in accepted]
