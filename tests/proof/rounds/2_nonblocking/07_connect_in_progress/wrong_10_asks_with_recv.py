"""Asks for the result with recv(1) instead of SO_ERROR, which takes a byte away if the peer has already sent one.

caught by: test_a_peer_that_speaks_first_is_no_failure
words: Your finish_connect() took input that belongs to the caller
"""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        code = sock.connect_ex(address)
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    if not poller.poll(timeout * 1000):
        return errno.ETIMEDOUT
    try:
        sock.recv(1, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 0
    except OSError as error:
        return error.errno
    return 0
