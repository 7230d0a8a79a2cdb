"""Notices the break at the top of the loop, when it has already asked for one message more.

caught by: test_no_message_is_asked_for_after_the_break
words: your code asked for further messages after the one that failed
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    broken = False
    for message in messages:
        if broken:
            break
        try:
            sock.sendall(message)
            delivered += 1
        except (BrokenPipeError, ConnectionResetError):
            broken = True
    return delivered
