"""Unusual: writes through an unbuffered file object, makefile("wb", 0)."""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn, conn.makefile("wb", buffering=0) as out:
        conn.settimeout(None)
        start = 0
        while start < len(greeting):
            start += out.write(memoryview(greeting)[start:])
    return address
