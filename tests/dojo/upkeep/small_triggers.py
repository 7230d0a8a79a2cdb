"""Level and edge, each as the smallest program: the same one, but for a flag. Both read six bytes, two at a time."""

from __future__ import annotations

import select
import socket

MESSAGE_BYTES, READ_BYTES = 6, 2


def level(sock: socket.socket) -> bytes:
    """Told as long as something is there."""
    return _read(sock, select.EPOLLIN)


def edge(sock: socket.socket) -> bytes:
    """Told when something comes."""
    return _read(sock, select.EPOLLIN | select.EPOLLET)


def _read(sock: socket.socket, events: int) -> bytes:
    data = b""
    with select.epoll() as epoll:
        epoll.register(sock, events)
        while len(data) < MESSAGE_BYTES:
            epoll.poll()
            data += sock.recv(READ_BYTES)
    return data
