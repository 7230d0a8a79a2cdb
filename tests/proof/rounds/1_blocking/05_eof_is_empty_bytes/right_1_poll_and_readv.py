"""Unusual: poll() and readv() on the raw descriptor; the mode is never touched."""

import errno
import os
import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    first, second = bytearray(4096), bytearray(61440)
    data = bytearray()
    while True:
        poller.poll()
        try:
            count = os.readv(fd, [first, second])
        except BlockingIOError:
            continue  # another reader was faster
        if not count:
            return bytes(data)
        data += first[:count]
        data += second[: max(0, count - len(first))]
