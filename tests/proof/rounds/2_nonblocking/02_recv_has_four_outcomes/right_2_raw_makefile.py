"""Unusual: an unbuffered file object, whose read() has these outcomes already."""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    with sock.makefile("rb", buffering=0) as stream:
        return stream.read(n)
