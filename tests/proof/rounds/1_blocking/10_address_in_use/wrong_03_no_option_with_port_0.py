"""It sets SO_REUSEADDR only for a fixed port, so after a start on port 0 the restart fails.

caught by: test_it_starts_again_at_once_after_it_closed_first
words: The address was refused, and nobody listens there any more: only its last connection, in TIME_WAIT, holds it
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if address[1] != 0:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
