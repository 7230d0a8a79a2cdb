"""Reads into a buffer with readv(2), under the descriptor's number, and waits itself where there is a timeout."""

import os
import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray(n)
    at = 0
    while at < n:
        # With a timeout the descriptor is in non-blocking mode, and only the methods of the socket wait.
        if sock.gettimeout() is not None and not select.select([sock], [], [], sock.gettimeout())[0]:
            raise TimeoutError
        size = os.readv(sock.fileno(), [memoryview(data)[at : at + 65536]])
        if size == 0:
            raise EOFError
        at += size
    return bytes(data)
