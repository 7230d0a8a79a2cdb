"""Sets the option on the second try alone: the old listener and its connections never had it.

caught by: test_it_starts_again_at_once_after_it_closed_first
words: only its last connection, in TIME_WAIT, holds it
"""

import errno
import socket


def open_listener(address):
    listener = socket.socket()
    try:
        try:
            listener.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
