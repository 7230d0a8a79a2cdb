"""Reads a file object without a buffer, piece by piece."""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    pieces: list[bytes] = []
    with sock.makefile("rb", buffering=0) as stream:
        try:
            for piece in iter(lambda: stream.read(1000), b""):
                pieces.append(piece or b"")
        except ConnectionResetError:
            return b"".join(pieces), "reset"
    return b"".join(pieces), "eof"
