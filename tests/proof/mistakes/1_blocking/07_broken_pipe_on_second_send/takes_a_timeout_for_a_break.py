"""Tells of the caller's timeout as of a broken connection.

caught by: test_the_timeout_of_the_caller_is_no_break
words: the caller's timeout passed, and your code took that for a broken connection
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    count = 0
    for message in messages:
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            break
        count += 1
    return count
