"""Keeps the latest connection in the module and asks that one.

caught by: test_each_connection_has_its_own_outcome
words: your finish_connect() did not return the outcome of the socket that it was given
"""

import errno
import select
import socket


latest = None


def start_connect(address):
    global latest
    latest = socket.socket()
    latest.setblocking(False)
    try:
        latest.connect(address)
    except BlockingIOError:
        pass
    except BaseException:
        latest.close()
        raise
    return latest


def finish_connect(sock, timeout):
    sock = latest
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
