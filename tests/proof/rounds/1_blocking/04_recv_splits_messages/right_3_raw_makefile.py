"""Unusual: an unbuffered makefile(), closed on every way out, and iter() with a sentinel."""

import errno
import os
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    pieces: list[bytes] = []
    missing = n
    if n == 0:
        return b""
    with sock.makefile("rb", buffering=0) as file:
        for piece in iter(lambda: file.read(min(missing, 65536)), b""):
            if piece is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            pieces.append(piece)
            missing -= len(piece)
            if not missing:
                return b"".join(pieces)
    raise EOFError("the stream has ended")
