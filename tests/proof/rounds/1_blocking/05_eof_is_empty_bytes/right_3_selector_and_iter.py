"""Unusual: a selector, and iter() with b"" as its sentinel, over os.read()."""

import errno
import os
import selectors
import socket


def recv_all(sock: socket.socket) -> bytes:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    with selectors.PollSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)

        def next_piece() -> bytes:
            while True:
                selector.select()
                try:
                    return os.read(fd, 16384)
                except BlockingIOError:
                    pass

        return b"".join(iter(next_piece, b""))
