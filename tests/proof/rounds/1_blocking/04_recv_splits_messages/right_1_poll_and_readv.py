"""Unusual: poll() without a limit and os.readv() on the raw descriptor, into pieces of one bytearray."""

import errno
import os
import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    poll = select.poll()
    while len(data) < n:
        fd = sock.fileno()
        if fd < 0:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        poll.register(fd, select.POLLIN)
        poll.poll()
        block = bytearray(min(n - len(data), 8192))
        half = len(block) // 2
        with memoryview(block) as view:
            try:
                count = os.readv(fd, [view[:half], view[half:]])
            except BlockingIOError:
                continue
        if not count:
            raise EOFError("the stream has ended")
        data += block[:count]
    return bytes(data)
