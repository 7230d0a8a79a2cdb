"""Raises an error that is known at once and leaves the socket open as long as the exception is kept.

caught by: test_an_error_known_at_once_is_not_lost
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    code = sock.connect_ex(address)
    if code not in (0, errno.EINPROGRESS):
        raise OSError(code, os.strerror(code))
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    if not poller.poll(timeout * 1000):
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
