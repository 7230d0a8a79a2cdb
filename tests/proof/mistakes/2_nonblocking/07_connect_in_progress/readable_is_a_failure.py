"""Takes a socket that is readable and writable for a failed one.

caught by: test_a_peer_that_speaks_first_is_no_failure
words: the peer had sent something, and your finish_connect() took that for a failure
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
    readable, writable, _ = select.select([sock], [sock], [], timeout)
    if not writable:
        return errno.ETIMEDOUT
    return errno.ECONNREFUSED if readable else 0
