"""It sets SO_REUSEADDR only after bind() has failed, so the first server's connections do not have it.

caught by: test_it_starts_again_at_once_after_it_closed_first
words: The address was refused, and nobody listens there any more: only its last connection, in TIME_WAIT, holds it
"""

import errno
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        try:
            listener.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
