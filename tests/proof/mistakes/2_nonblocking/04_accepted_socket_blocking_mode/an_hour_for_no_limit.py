"""Waits for an hour where the listener has no limit.

caught by: test_a_blocking_listener_waits_without_a_limit
words: nobody came for a long time, and your code gave up although the listener has no limit
breaks: 3
"""

import select
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    if listener.gettimeout() is None and not select.select([listener], [], [], 3600)[0]:
        raise TimeoutError("nobody came for an hour")
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
