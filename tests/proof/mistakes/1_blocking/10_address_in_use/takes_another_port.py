"""Takes any port that is free when the one asked for is not.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: the caller of the second open_listener() did not find out
"""

import errno
import socket


def open_listener(address):
    try:
        return socket.create_server(address)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return socket.create_server((address[0], 0))
