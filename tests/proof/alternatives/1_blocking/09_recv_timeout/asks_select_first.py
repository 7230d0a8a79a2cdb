"""Waits in select and touches neither mode nor timeout."""

import select
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    readable, _, _ = select.select([sock], [], [], seconds)
    if not readable:
        return None
    return sock.recv(n)
