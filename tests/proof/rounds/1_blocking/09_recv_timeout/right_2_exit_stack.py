"""Unusual: settimeout() under an ExitStack, which also restores O_NONBLOCK; recursion for more than a day."""

import contextlib
import os
import socket
import time

_DAY = 86400.0  # seconds; settimeout() takes 24 days at most


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    with contextlib.ExitStack() as stack:
        mode = os.get_blocking(sock.fileno())
        stack.callback(lambda: os.set_blocking(sock.fileno(), mode))
        stack.callback(sock.settimeout, sock.gettimeout())
        began = time.monotonic()
        sock.settimeout(min(seconds, _DAY))
        try:
            return sock.recv(min(n, 65536))
        except OSError as error:
            silent = isinstance(error, BlockingIOError) or (isinstance(error, TimeoutError) and error.errno is None)
            if not silent:
                raise
    if seconds <= _DAY:
        return None
    return recv_within(sock, n, max(0, seconds - (time.monotonic() - began)))
