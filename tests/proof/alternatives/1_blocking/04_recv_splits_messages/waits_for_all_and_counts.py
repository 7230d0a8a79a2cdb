"""Asks the kernel to wait for all, and still looks at what came."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    pieces: list[bytes] = []
    missing = n
    while missing:
        piece = sock.recv(missing, socket.MSG_WAITALL)
        if not piece:
            raise EOFError(f"{missing} bytes are missing")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
