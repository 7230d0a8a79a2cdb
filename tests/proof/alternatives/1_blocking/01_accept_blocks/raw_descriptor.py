"""Right: the greeting goes out with os.write() on the descriptor, out of a shrinking memoryview."""

import os
import select
import socket


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = _accept(listener)
    with conn:
        conn.setblocking(True)
        rest = memoryview(greeting)
        fd = conn.fileno()
        while rest:
            rest = rest[os.write(fd, rest) :]
    return address
