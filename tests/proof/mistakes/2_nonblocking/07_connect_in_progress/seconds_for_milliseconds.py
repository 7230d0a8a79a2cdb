"""Hands seconds to poll, which counts in milliseconds.

caught by: test_undecided_is_etimedout
words: your finish_connect() gave up before the timeout was over
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
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    if not poll.poll(timeout):
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
