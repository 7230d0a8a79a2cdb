"""Waits in select and receives without waiting; counts down what is missing."""

import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    pieces = []
    while n:
        select.select([sock], [], [])
        piece = sock.recv(min(n, 16384), socket.MSG_DONTWAIT)
        if not piece:
            raise EOFError
        pieces.append(piece)
        n -= len(piece)
    return b"".join(pieces)
