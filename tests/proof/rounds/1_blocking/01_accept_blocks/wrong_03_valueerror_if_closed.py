"""It waits with a selector, and a selector raises ValueError, not OSError, for a listener that is closed.

caught by: test_a_closed_listener_is_an_oserror
words: The listener was closed, and the caller never finds out
"""

import selectors
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.select()
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
