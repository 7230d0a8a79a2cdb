"""Reads into a buffer of its own and returns a copy."""

import socket


def recv_all(sock: socket.socket) -> bytes:
    buffer = memoryview(bytearray(4096))
    data = bytearray()
    while size := sock.recv_into(buffer):
        data += buffer[:size]
    return bytes(data)
