"""Catches ConnectionError: a refused or an aborted connection raises nothing.

caught by: test_each_error_at_any_message_is_reported_as_what_it_is
words: an error other than a broken connection did not propagate
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        try:
            sock.sendall(message)
        except ConnectionError:
            break
        count += 1
    return count
