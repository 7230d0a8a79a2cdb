"""Waits in select() a second at a time, so that a signal handler of Python's runs, whatever the limit."""

import select
import socket
import time


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    timeout = listener.gettimeout()
    end = float("inf") if timeout is None else time.monotonic() + timeout
    while timeout != 0 and not select.select([listener], [], [], max(0, min(1, end - time.monotonic())))[0]:
        if time.monotonic() >= end:
            raise TimeoutError("timed out")
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
