"""A generator over an unbuffered makefile(), read piece by piece; it lets go of the socket when it is closed."""

import contextlib
import errno
import os
import socket
from collections.abc import Generator


def pieces(sock: socket.socket) -> Generator[bytes, None, None]:
    with sock.makefile("rb", buffering=0) as raw:
        while True:
            piece = raw.read(32768)
            if piece is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            if not piece:
                return
            yield piece


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    received: list[bytes] = []
    with contextlib.closing(pieces(sock)) as stream:
        try:
            received.extend(stream)
        except ConnectionResetError:
            return b"".join(received), "reset"
    return b"".join(received), "eof"
