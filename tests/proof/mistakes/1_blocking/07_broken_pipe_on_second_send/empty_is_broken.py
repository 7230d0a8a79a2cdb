"""A send() that returns 0 is taken for a broken connection, so an empty message ends the delivery.

caught by: test_an_empty_message_is_taken_too
words: the kernel took every message, and your code did not count the empty one, or stopped there
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:

    count = 0
    for message in messages:
        rest = memoryview(message)
        try:
            while True:
                sent = sock.send(rest)
                if sent == 0:
                    return count
                rest = rest[sent:]
                if not rest:
                    break
        except (BrokenPipeError, ConnectionResetError):
            break
        count += 1
    return count
