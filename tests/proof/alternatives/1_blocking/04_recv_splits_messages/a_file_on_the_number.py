"""Reads a file object made of the descriptor's number, piece by piece, and waits itself where there is a timeout."""

import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = b""
    with open(sock.fileno(), "rb", buffering=0, closefd=False) as file:
        while len(data) < n:
            # With a timeout the descriptor is in non-blocking mode, and the file object knows of none.
            if sock.gettimeout() is not None and not select.select([sock], [], [], sock.gettimeout())[0]:
                raise TimeoutError
            piece = file.read(min(n - len(data), 65536))
            if not piece:
                raise EOFError
            data += piece
    return data
