"""Looks again every 50 ms between naps instead of sleeping in the kernel until the connection is decided.

caught by: test_undecided_is_etimedout
words: one short wait after another
"""

import errno
import os
import select
import socket
import time


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
    deadline = time.monotonic() + timeout
    while not poller.poll(0):
        left = deadline - time.monotonic()
        if left <= 0:
            return errno.ETIMEDOUT
        time.sleep(min(0.05, left))
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
