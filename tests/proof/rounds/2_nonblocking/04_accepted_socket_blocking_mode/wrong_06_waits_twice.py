"""Waits in poll() for the listener's timeout and then, if nobody came, in accept() for the same time again.

caught by: test_a_listener_with_a_timeout_waits_for_so_long
words: Your code waited for longer than the listener's timeout: 0.3 s
"""

import select
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    limit = listener.gettimeout()
    if limit and listener.fileno() >= 0:
        poller = select.poll()
        poller.register(listener, select.POLLIN)
        poller.poll(limit * 1000)
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
