"""Takes a writable socket for a connected one.

caught by: test_a_refused_connection_is_its_errno
words: nobody listens there, and your finish_connect() did not return ECONNREFUSED
breaks: 4
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
    return 0 if select.select([], [sock], [], timeout)[1] else errno.ETIMEDOUT
