"""Unusual: poll() and read() on the raw descriptor; the mode is never touched."""

import errno
import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    data = bytearray()
    while True:
        poller.poll()
        try:
            piece = os.read(fd, 65536)
        except BlockingIOError:
            continue
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
