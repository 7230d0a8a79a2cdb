"""Ignores what connect_ex() returned: SO_ERROR will not report it later.

caught by: test_an_error_known_at_once_is_not_lost
words: connect() failed at once, and the caller never finds out
breaks: 2
"""

import errno
import select
import socket


def start_connect(address):
    sock = socket.socket()
    sock.setblocking(False)
    sock.connect_ex(address)
    return sock


def finish_connect(sock, timeout):
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
