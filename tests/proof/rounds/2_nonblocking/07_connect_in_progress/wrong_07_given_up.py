"""Remembers a socket that was undecided once, and returns ETIMEDOUT for it for ever.

caught by: test_the_wait_ends_when_it_is_decided
words: The answer came during the wait, and your finish_connect() did not return 0
"""

import errno
import os
import select
import socket
import weakref

_given_up: weakref.WeakSet[socket.socket] = weakref.WeakSet()


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
        _given_up.add(sock)
    if sock in _given_up:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
