"""A BrokenPipeError or ConnectionResetError that `messages` itself raises is taken for one of the socket.

caught by: test_an_error_of_the_messages_propagates
words: `messages` raised an error, and the caller never finds out
breaks: 5
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:

    count = 0
    try:
        for message in messages:
            if message:
                sock.sendall(message)
            count += 1
    except (BrokenPipeError, ConnectionResetError):
        pass
    return count
