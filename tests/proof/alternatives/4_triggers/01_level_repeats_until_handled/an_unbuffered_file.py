"""Reads through a file without a buffer: each read is one recv."""

import socket


def drain_level(sock: socket.socket, size: int) -> list[bytes]:
    pieces: list[bytes] = []
    with sock.makefile("rb", buffering=0) as stream:
        while piece := stream.read(size):
            pieces.append(piece)
    return [*pieces, b""]
