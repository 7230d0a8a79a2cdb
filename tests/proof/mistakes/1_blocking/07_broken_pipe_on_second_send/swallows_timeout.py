"""The timeout of the caller's socket counts as a broken connection after the first message.

caught by: test_the_timeout_of_the_caller_is_no_break
words: the caller's timeout passed, and your code took that for a broken conn
breaks: 4
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
            return count
        except TimeoutError:
            if count:
                return count
            raise
        count += 1
    return count
