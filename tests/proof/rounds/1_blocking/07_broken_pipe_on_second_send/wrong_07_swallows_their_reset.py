"""Has the whole loop in the try, so that a reset which `messages` itself raises is taken for one of the socket.

caught by: test_an_error_of_the_messages_propagates
words: `messages` raised an error, and the caller never finds out
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    try:
        for message in messages:
            sock.sendall(message)
            delivered += 1
    except (BrokenPipeError, ConnectionResetError):
        pass
    return delivered
