"""Takes POLLHUP for a reset, so an end after both sides have ended raises an error.

caught by: test_the_end_is_empty_bytes_and_ends_the_wait
words: both sides had ended the stream, and your code reported something else
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

    ready = poll.poll(seconds * 1000)
    if not ready:
        return None
    data = os.read(fd, n)
    if not data and ready[0][1] & select.POLLHUP:
        raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
    return data
