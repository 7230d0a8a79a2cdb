"""Lets the kernel write into one buffer, piece after piece."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray(n)
    rest = memoryview(data)
    while rest:
        size = sock.recv_into(rest)
        if size == 0:
            raise EOFError
        rest = rest[size:]
    return bytes(data)
