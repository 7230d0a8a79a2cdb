"""Clears O_NONBLOCK on a listener with a timeout and does not set it again.

caught by: test_the_listener_is_the_callers_also_when_accept_fails
words: accept() failed, and the listener has another mode
"""

import os
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    os.set_blocking(listener.fileno(), True)  # accept() must be able to sleep
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
