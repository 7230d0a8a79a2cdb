"""Raises the error that poll() announces before it has read the bytes that came before it.

caught by: test_bytes_that_came_before_an_error_are_returned_first
words: five bytes came before a reset, and your code did not return them
"""

import os
import select
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    ready = poller.poll(seconds * 1000)
    if not ready:
        return None
    _, events = ready[0]
    if events & select.POLLERR:
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
    return os.read(sock.fileno(), n)
