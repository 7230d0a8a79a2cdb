"""The listener is made blocking for the wait, and gets its mode back only if accept() returns.

caught by: test_the_listener_is_the_callers_also_when_accept_fails
words: accept() failed, and the listener has another mode
"""

import os
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    timeout = listener.gettimeout()
    blocking = os.get_blocking(listener.fileno()) if listener.fileno() >= 0 else True
    listener.settimeout(None)
    conn, address = listener.accept()
    with conn:
        listener.settimeout(timeout)
        os.set_blocking(listener.fileno(), blocking)
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
