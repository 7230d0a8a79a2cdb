"""Closes the socket of a connection that failed; the caller still has it.

caught by: test_the_socket_stays_the_callers
words: your finish_connect() closed the caller's socket
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
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        sock.close()
    return code
