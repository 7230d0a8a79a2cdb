"""Sleeps in poll() without a timeout, whatever the listener's mode, and writes to the raw descriptor with
os.write().
"""

import errno
import os
import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    if listener.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while True:
        poller.poll()
        try:
            conn, address = listener.accept()
        except (BlockingIOError, TimeoutError):
            continue  # somebody else took that client: sleep again
        break
    with conn:
        fd = conn.fileno()
        os.set_blocking(fd, True)
        rest = memoryview(greeting)
        while True:
            rest = rest[os.write(fd, rest) :]
            if not rest:
                return address
