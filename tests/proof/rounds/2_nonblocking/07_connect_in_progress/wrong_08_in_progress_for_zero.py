"""Returns EINPROGRESS instead of ETIMEDOUT if the timeout is 0 and the connection is undecided.

caught by: test_a_timeout_of_zero_looks_once
words: Nothing had answered yet, and your finish_connect() did not return ETIMEDOUT
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
        return errno.ETIMEDOUT if timeout else errno.EINPROGRESS
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
