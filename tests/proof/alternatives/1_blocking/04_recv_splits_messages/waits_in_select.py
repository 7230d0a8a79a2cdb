"""Waits in select and receives without waiting; ends by recursion."""

import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    if n == 0:
        return b""
    select.select([sock], [], [])
    piece = sock.recv(min(n, 16384), socket.MSG_DONTWAIT)
    if not piece:
        raise EOFError
    return piece + recv_exactly(sock, n - len(piece))
