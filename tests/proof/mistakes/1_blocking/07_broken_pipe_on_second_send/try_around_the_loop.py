"""The try stands around the whole loop: a BrokenPipeError that `messages` raises counts as the end of the
connection.

caught by: test_an_error_of_the_messages_propagates
words: `messages` raised an error, and the caller never finds out
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    try:
        for message in messages:
            sock.sendall(message)
            count += 1
    except (BrokenPipeError, ConnectionResetError):
        pass
    return count
