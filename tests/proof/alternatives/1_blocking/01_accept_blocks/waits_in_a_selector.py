"""Waits in a selector, then accepts what is there."""

import selectors
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    listener.getsockname()  # OSError, if it is closed; register() would raise ValueError
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.select()
    conn, address = listener.accept()
    try:
        conn.sendall(greeting)
    finally:
        conn.close()
    return address[0], address[1]
