"""Reads from the descriptor as from any file."""

import contextlib
import os
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    with contextlib.suppress(BlockingIOError):
        return os.read(sock.fileno(), n)
    return None
