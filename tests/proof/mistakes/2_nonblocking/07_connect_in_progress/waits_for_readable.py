"""Waits until there is something to read: an established connection has nothing yet.

caught by: test_an_established_connection_is_zero
words: the connection was established, and your finish_connect() did not return 0
"""

import errno
import select
import socket


def start_connect(address):
    sock = socket.socket()
    sock.setblocking(False)
    try:
        sock.connect(address)
    except BlockingIOError:
        pass
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock, timeout):
    if not select.select([sock], [], [], timeout)[0]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
