"""Waits in accept and counts what each send took."""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        rest = memoryview(greeting)
        while rest:
            rest = rest[conn.send(rest) :]
        conn.shutdown(socket.SHUT_WR)
    return address[0], address[1]
