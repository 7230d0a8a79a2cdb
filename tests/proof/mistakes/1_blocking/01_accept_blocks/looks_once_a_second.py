"""Waits in poll() for one second at a time and looks again, as long as nobody connects.

caught by: test_it_sleeps_in_the_kernel_until_somebody_connects
words: your wait ended by itself after a while: your code looked again and again
breaks: 1
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
    while not poller.poll(1000):
        pass
    conn, address = listener.accept()
    with conn:
        conn.sendall(greeting)
    return address
