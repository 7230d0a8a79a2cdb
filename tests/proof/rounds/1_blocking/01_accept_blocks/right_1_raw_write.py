"""Unusual: writes with os.write() on the connection's descriptor."""

import os
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        conn.setblocking(True)  # whatever socket.setdefaulttimeout() said
        descriptor = conn.fileno()
        rest = memoryview(greeting)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return address
