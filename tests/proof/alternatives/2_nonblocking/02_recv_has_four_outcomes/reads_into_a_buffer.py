"""Reads into a buffer of n bytes, and returns a copy of what is in it."""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    buffer = bytearray(n)
    try:
        size = sock.recv_into(buffer, n)
    except BlockingIOError:
        return None
    return bytes(buffer[:size])
