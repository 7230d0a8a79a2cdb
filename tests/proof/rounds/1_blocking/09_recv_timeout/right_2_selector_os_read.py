"""A selector (epoll) and os.read() with O_NONBLOCK set for that one call, so that Python's timeout is never touched."""

import contextlib
import os
import selectors
import socket
import time
from collections.abc import Iterator


@contextlib.contextmanager
def nonblocking(descriptor: int) -> Iterator[None]:
    before = os.get_blocking(descriptor)
    try:
        os.set_blocking(descriptor, False)
        yield
    finally:
        os.set_blocking(descriptor, before)


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    descriptor = sock.fileno()
    end = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            wait = min(max(0.0, end - time.monotonic()), 100_000.0)
            selector.select(wait)
            with nonblocking(descriptor):
                try:
                    return os.read(descriptor, n)
                except BlockingIOError:
                    pass
            if time.monotonic() >= end:
                return None
