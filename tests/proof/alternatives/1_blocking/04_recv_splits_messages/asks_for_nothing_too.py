"""Calls recv(0) for no bytes: Python returns b"" for that at once and asks nobody, whatever the timeout."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while True:
        piece = sock.recv(min(n - len(data), 65536))
        data += piece
        if len(data) == n:
            return bytes(data)
        if not piece:
            raise EOFError("the stream has ended")
