"""A right answer that calls recvmsg() with MSG_WAITALL, again if a signal or a timeout's mode made it short."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    pieces: list[bytes] = []
    missing = n
    while missing:
        piece, _, _, _ = sock.recvmsg(missing, 0, socket.MSG_WAITALL)
        if piece == b"":
            raise EOFError(f"{missing} of {n} bytes are missing")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
