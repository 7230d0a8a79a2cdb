"""Every ConnectionError counts as a broken connection, ConnectionRefusedError and ConnectionAbortedError too.

caught by: test_each_error_at_any_message_is_reported_as_what_it_is
words: an error other than a broken connection did not propagate
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:

    count = 0
    for message in messages:
        try:
            if message:
                sock.sendall(message)
        except ConnectionError:
            break
        count += 1
    return count
