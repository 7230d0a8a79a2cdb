"""A right answer that reads through the raw, unbuffered file of makefile(), which takes no byte too much."""

import errno
import io
import os
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    collected = io.BytesIO()
    # Closing the file does not close the socket.
    with sock.makefile("rb", buffering=0) as file:
        while (missing := n - collected.tell()) > 0:
            piece = file.read(min(missing, 1 << 16))
            if piece is None:  # the raw file's word for EAGAIN
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            if not piece:
                raise EOFError(f"{missing} of {n} bytes are missing")
            collected.write(piece)
    return collected.getvalue()
