"""Reads from an unbuffered file over the socket, which takes no more than it returns."""

import socket


class ShortStreamError(EOFError):
    """The stream ended; says how many bytes were missing."""


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = b""
    with sock.makefile("rb", buffering=0) as file:
        while missing := n - len(data):
            piece = file.read(missing)
            if not piece:
                raise ShortStreamError(missing)
            data += piece
    return data
