"""Finds out whether the address is taken by connecting to it, and then shares it.

caught by: test_the_first_listener_notices_nothing
words: your code connected to the other server to look
breaks: 4
"""

import errno
import socket


def open_listener(address):
    with socket.socket() as probe:
        if probe.connect_ex(address) == 0:
            raise OSError(errno.EADDRINUSE, "somebody answers there")
    return socket.create_server(address, reuse_port=True)
