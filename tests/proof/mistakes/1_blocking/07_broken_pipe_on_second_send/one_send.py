"""One send() for each message: on a socket with a timeout it takes only a part of a big message, and that
counts.

caught by: test_long_messages_go_out_whole
words: a part of a long message was not sent
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        try:
            sock.send(message)  # blocks until there is room for it
        except (BrokenPipeError, ConnectionResetError):
            break
        count += 1
    return count
