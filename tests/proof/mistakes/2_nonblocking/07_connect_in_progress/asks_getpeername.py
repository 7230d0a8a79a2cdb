"""Asks getpeername for the reason: ENOTCONN only says that there is no connection.

caught by: test_a_refused_connection_is_its_errno
words: ENOTCONN
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
    try:
        sock.getpeername()
    except OSError as error:
        return error.errno
    return 0
