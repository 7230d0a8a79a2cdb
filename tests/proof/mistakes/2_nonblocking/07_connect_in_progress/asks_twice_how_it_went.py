"""Asks SO_ERROR once to see whether there is an error and once more for it: the first answer has cleared it.

caught by: test_a_refused_connection_is_its_errno
words: nobody listens there, and your finish_connect() did not return ECONNREFUSED
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
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    if not sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        return 0
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
