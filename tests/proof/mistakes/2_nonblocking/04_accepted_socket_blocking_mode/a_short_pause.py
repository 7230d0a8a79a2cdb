"""Gives a client ten milliseconds more, though the listener must not wait.

caught by: test_a_non_blocking_listener_without_a_client_is_an_error
words: your code waited for a client, although the listener is non-blocking
breaks: 3
"""

import socket
import time


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    try:
        conn, address = listener.accept()
    except BlockingIOError:
        time.sleep(0.01)
        conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
