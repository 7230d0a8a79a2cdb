"""Finds the error by reading, and so takes away what the peer has sent.

caught by: test_a_peer_that_speaks_first_is_no_failure
words: your finish_connect() took input that belongs to the caller
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
        sock.recv(1)
    except BlockingIOError:
        return 0
    except OSError as error:
        return error.errno
    return 0
