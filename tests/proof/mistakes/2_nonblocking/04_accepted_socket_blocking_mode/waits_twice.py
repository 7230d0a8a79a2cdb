"""Waits in select() for the timeout, and then once more in accept().

caught by: test_a_listener_with_a_timeout_waits_for_so_long
words: your code waited for longer than the listener's timeout
breaks: 3
"""

import select
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    select.select([listener], [], [], listener.gettimeout())
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
