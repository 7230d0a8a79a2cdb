"""Unusual: os.read() on the socket's descriptor."""

import os
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return os.read(sock.fileno(), n)
    except BlockingIOError:
        return None
