"""Accepts from a duplicate that it makes non-blocking, which sets O_NONBLOCK for the listener too.

caught by: test_the_default_timeout_makes_no_difference
words: Your code changed O_NONBLOCK on the caller's listener, in the kernel
"""

import errno
import os
import select
import socket
import time


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    limit = listener.gettimeout()
    deadline = None if limit is None else time.monotonic() + limit
    with listener.dup() as twin:
        twin.setblocking(False)
        poller = select.poll()
        poller.register(twin, select.POLLIN)
        while True:
            try:
                conn, address = twin.accept()
                break
            except BlockingIOError:
                if limit == 0:
                    raise
            if deadline is None:
                poller.poll()
            else:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError("timed out")
                poller.poll(left * 1000)
    conn.setblocking(False)
    return conn, address
