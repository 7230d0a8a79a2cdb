"""Calls recv() of the C class, with contextlib.suppress."""

import _socket
import contextlib
import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    with contextlib.suppress(BlockingIOError):
        return _socket.socket.recv(sock, n, LOOK)
    return None
