"""It does not stop at the message that could not be sent: it asks for all others, and counts empty ones among
them.

caught by: test_no_message_is_asked_for_after_the_break
words: your code asked for further messages after the one that failed
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:

    count = 0
    for message in messages:
        try:
            if message:
                sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            continue
        count += 1
    return count
