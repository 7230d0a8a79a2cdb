"""Unusual: an unbuffered makefile(), inside a context manager that lends the mode."""

import contextlib
import os
import select
import socket
from collections.abc import Iterator


@contextlib.contextmanager
def _without_limit(sock: socket.socket) -> Iterator[None]:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    try:
        sock.settimeout(None)
        yield
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)


def recv_all(sock: socket.socket) -> bytes:
    pieces = []
    with _without_limit(sock), sock.makefile("rb", buffering=0) as file:
        while (piece := file.read(65536)) != b"":
            if piece is None:  # EAGAIN, although blocking: SO_RCVTIMEO
                poller = select.poll()
                poller.register(file, select.POLLIN)
                poller.poll()
            else:
                pieces.append(piece)
    return b"".join(pieces)
