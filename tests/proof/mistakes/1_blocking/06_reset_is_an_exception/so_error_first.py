"""Asks SO_ERROR before each recv: a reset that is already there hides the bytes that are still queued.

caught by: test_bytes_still_queued_at_the_reset_are_returned
words: bytes were queued in front of the reset, and your code lost them, or the reset
"""

import errno
import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    if sock.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    timeout = sock.gettimeout()
    data = bytearray()
    while True:
        if not poller.poll(timeout * 1000 if timeout else None):
            raise TimeoutError("timed out")
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error == errno.ECONNRESET:
            return bytes(data), "reset"
        if error not in (0, errno.EPIPE):
            raise OSError(error, os.strerror(error))
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
