"""A file without a buffer (makefile with buffering=0), read by a generator."""

import socket
from collections.abc import Iterator


def _pieces(sock: socket.socket, n: int) -> Iterator[bytes]:
    with sock.makefile("rb", buffering=0) as raw:
        while n:
            piece = raw.read(min(n, 65536))
            if not piece:
                raise EOFError(f"stream ended, {n} bytes are missing")
            n -= len(piece)
            yield piece


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    return b"".join(_pieces(sock, n))
