"""Unusual: epoll() with a deadline and os.readv() on the raw descriptor; the socket object is never touched."""

import errno
import os
import select
import socket
import time


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    deadline = time.monotonic() + seconds
    with select.epoll() as epoll:
        epoll.register(fd, select.EPOLLIN)
        left = seconds
        while True:
            if epoll.poll(min(max(left, 0), 86400)):
                buffer = bytearray(min(n, 65536))
                try:
                    return bytes(buffer[: os.readv(fd, [buffer])])
                except BlockingIOError:
                    pass  # another reader was faster
            left = deadline - time.monotonic()
            if left <= 0:
                return None
