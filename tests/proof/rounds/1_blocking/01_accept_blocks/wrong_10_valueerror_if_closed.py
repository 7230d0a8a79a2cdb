"""Waits with poll() first, which raises ValueError for a closed listener.

caught by: test_a_closed_listener_is_an_oserror
words: the listener was closed, and the caller never finds out
"""

import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    poller.poll()
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
