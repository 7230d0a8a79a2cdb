"""Takes every ConnectionError for a break, ECONNREFUSED and ECONNABORTED too, and returns the count.

caught by: test_each_error_at_any_message_is_reported_as_what_it_is
words: an error other than a broken connection did not propagate
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        try:
            sock.sendall(message)
        except ConnectionError:
            break
        delivered += 1
    return delivered
