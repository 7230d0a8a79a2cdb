"""Calls recv(0) for n = 0, which on a socket with a timeout waits for bytes.

stays green: it is right: Python asks nobody for recv(0)
"""

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
