"""Lets the kernel fill whole buffers; the last one is short, and the next one empty."""

import socket


def recv_all(sock: socket.socket) -> bytes:
    data = b""
    while True:
        piece = sock.recv(65536, socket.MSG_WAITALL)
        if piece == b"":
            return data
        data += piece
