"""Asks for the next message before it sends this one, to know whether this is the last.

caught by: test_each_message_goes_out_before_the_next_is_asked_for
words: your code asked for a message before the one before it was sent
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    source = iter(messages)
    count = 0
    message = next(source, None)
    while message is not None:
        following = next(source, None)
        more = 0 if following is None else socket.MSG_MORE  # fewer segments
        try:
            sock.sendall(message, more)
        except (BrokenPipeError, ConnectionResetError):
            break
        count += 1
        message = following
    return count
