"""Reads through an unbuffered file object, whose read() tells the same four apart (io.RawIOBase)."""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    with sock.makefile("rb", buffering=0) as raw:
        return raw.read(n)
