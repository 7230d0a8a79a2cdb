"""Recursion; what one recv left open is read in two halves, so that the depth is the logarithm of n."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if n == 0:
        return b""
    piece = sock.recv(min(n, 65536))
    if not piece:
        raise EOFError(f"stream ended, {n} bytes are missing")
    rest = n - len(piece)
    if not rest:
        return piece
    half = rest // 2
    return b"".join((piece, recv_exactly(sock, half), recv_exactly(sock, rest - half)))
