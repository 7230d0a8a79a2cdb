"""Sets O_NONBLOCK behind Python's back: with a default timeout Python's connect() waits all the same.

caught by: test_starting_does_not_wait
words: still blocked in socket 1.connect(
breaks: 1
"""

import errno
import os
import select
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        os.set_blocking(sock.fileno(), False)
        try:
            sock.connect(address)
        except (BlockingIOError, TimeoutError):
            pass
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    if not poller.poll(timeout * 1000):
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
