"""A message of which a part had gone before the connection broke is counted.

caught by: test_a_message_taken_in_part_does_not_count
words: the kernel took a part of a message, and your code counted it
breaks: 2
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        sent = 0
        try:
            while True:
                sent += sock.send(message[sent:])
                if sent == len(message):
                    break
        except (BrokenPipeError, ConnectionResetError):
            if sent:
                count += 1
            break
        count += 1
    return count
