"""Waits in select() with `timeout or None`, so a non-blocking listener waits without a limit.

caught by: test_a_non_blocking_listener_without_a_client_is_an_error
words: The wait has no limit, or a longer one than the test, and nothing becomes ready
"""

import select
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    if listener.fileno() >= 0 and listener.gettimeout() is not None:
        limit = listener.gettimeout() or None
        ready, _, _ = select.select([listener], [], [], limit)
        if not ready:
            raise TimeoutError("timed out")
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
