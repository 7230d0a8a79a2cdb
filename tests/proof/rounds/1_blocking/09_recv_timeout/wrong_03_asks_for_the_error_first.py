"""Asks SO_ERROR before it reads, so an error costs the bytes that came before it.

caught by: test_bytes_that_came_before_an_error_are_returned_first
words: five bytes came before a reset, and your code did not return them
"""

import errno
import os
import select
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poll = select.poll()
    poll.register(fd, select.POLLIN)

    if not poll.poll(seconds * 1000):
        return None
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
    return os.read(fd, n)
