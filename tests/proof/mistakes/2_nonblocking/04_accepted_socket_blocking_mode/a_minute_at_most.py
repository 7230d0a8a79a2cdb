"""Gives up after a minute, however long the timeout of the listener is.

caught by: test_a_listener_with_a_timeout_waits_for_so_long
words: your code gave up before the listener's timeout was over: 61.0 s
breaks: 3
"""

import select
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    timeout = listener.gettimeout()
    if timeout and not select.select([listener], [], [], min(timeout, 60))[0]:
        raise TimeoutError("timed out")
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
