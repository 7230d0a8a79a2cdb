"""A right answer that sends with send() in a loop over a memoryview, and closes in finally."""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    try:
        conn.settimeout(None)  # a default timeout would limit the greeting
        rest = memoryview(greeting)
        while rest:
            rest = rest[conn.send(rest[:100_000]) :]
    finally:
        conn.close()
    return address
