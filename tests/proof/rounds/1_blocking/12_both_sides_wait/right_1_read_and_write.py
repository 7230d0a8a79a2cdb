"""Unusual: read() and write() on the raw descriptor, whose O_NONBLOCK alone is set for a while."""

import os
import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    fd = sock.fileno()
    blocking = os.get_blocking(fd)  # EBADF if it is closed
    sent = 0
    received = bytearray()
    view = memoryview(data)
    try:
        os.set_blocking(fd, False)
        poller = select.poll()
        while sent < len(view) or len(received) < n:
            wanted = 0
            if sent < len(view):
                wanted |= select.POLLOUT
            if len(received) < n:
                wanted |= select.POLLIN
            poller.register(fd, wanted)
            poller.poll()
            if wanted & select.POLLIN:
                try:
                    piece = os.read(fd, min(n - len(received), 65536))
                    if not piece:
                        raise EOFError("the peer ended too early")
                    received += piece
                except BlockingIOError:
                    pass
            if wanted & select.POLLOUT:
                try:
                    sent += os.write(fd, view[sent:])
                except BlockingIOError:
                    pass
        return bytes(received)
    finally:
        os.set_blocking(fd, blocking)
