"""Sets the option when bind() has refused already.

caught by: test_it_starts_again_at_once_after_it_closed_first
words: only its last connection, in TIME_WAIT, holds it
"""

import socket


def open_listener(address):
    listener = socket.socket()
    try:
        listener.bind(address)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
