"""Waits in slices of a second until the deadline."""

import errno
import os
import select
import socket
import time


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
    end = time.monotonic() + timeout
    left = timeout
    while True:
        if select.select([], [sock], [], max(0, min(1, left)))[1]:
            return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        left = end - time.monotonic()
        if left <= 0:
            return errno.ETIMEDOUT
