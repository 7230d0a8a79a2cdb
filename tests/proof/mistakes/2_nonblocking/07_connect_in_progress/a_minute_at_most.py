"""Waits for a minute at most.

caught by: test_the_wait_ends_when_it_is_decided
words: the timeout was 4,000 s, and your finish_connect() gave up before it was over
breaks: 3
"""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
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
    if not select.select([], [sock], [], min(timeout, 60))[1]:
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
