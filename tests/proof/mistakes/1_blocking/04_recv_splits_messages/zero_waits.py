"""Waits for the socket to be readable before it looks at n: zero bytes sleep on a silent connection.

caught by: test_zero_bytes_are_always_there
words: still blocked in epoll 1.poll(-1, 1)
"""

import errno
import os
import selectors
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if sock.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        if not selector.select(sock.gettimeout()):
            raise TimeoutError("timed out")
    data = bytearray()
    while len(data) < n:
        piece = sock.recv(min(n - len(data), 65536))
        if not piece:
            raise EOFError(f"stream ended after {len(data)} of {n} bytes")
        data += piece
    return bytes(data)
