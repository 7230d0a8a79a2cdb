"""Takes a send() that returns 0 for a broken connection: an empty message ends the delivery.

caught by: test_an_empty_message_is_taken_too
words: the kernel took every message, and your code did not count the empty one, or stopped there
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        rest = memoryview(message)
        while True:
            try:
                sent = sock.send(rest)
            except (BrokenPipeError, ConnectionResetError):
                return count
            if sent == 0:
                return count  # socket connection broken
            rest = rest[sent:]
            if not rest:
                break
        count += 1
    return count
