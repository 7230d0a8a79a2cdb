"""Guards only the first send() of a message: a connection that breaks while the rest of a big one is sent
raises.

caught by: test_a_message_taken_in_part_does_not_count
words: your code raised ConnectionResetError ECONNRESET: Connection reset by
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        try:
            sent = sock.send(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        if sent < len(message):
            sock.sendall(memoryview(message)[sent:])
        count += 1
    return count
