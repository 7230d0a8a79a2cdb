"""Says EADDRINUSE whatever is wrong.

caught by: test_an_address_of_another_machine_is_an_error
words: EADDRNOTAVAIL should be raised
breaks: 5
"""

import errno
import socket


def open_listener(address):
    try:
        return socket.create_server(address)
    except OSError:
        raise OSError(errno.EADDRINUSE, "cannot listen") from None
