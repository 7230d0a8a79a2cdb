"""It closes the socket if bind() fails with EADDRINUSE, and leaves it open after every other error.

caught by: test_an_address_of_another_machine_is_an_error
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import errno
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            listener.close()
        raise
    return listener
