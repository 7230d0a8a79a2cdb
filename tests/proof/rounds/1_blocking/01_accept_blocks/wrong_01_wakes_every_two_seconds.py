"""Waits with poll() in slices of two seconds and looks again after each.

caught by: test_it_sleeps_in_the_kernel_until_somebody_connects
words: nobody connected, and your wait ended by itself after a while: your code looked again and again
"""

import errno
import os
import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    if listener.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while not poller.poll(2000):  # milliseconds
        pass  # nobody yet: look again
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
