"""Looks again with a window twice as large while it is full: the last look alone gives the answer."""

import itertools
import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    for exponent in itertools.count(9):
        window = min(n, 1 << exponent)
        try:
            data, _ = sock.recvfrom(window, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        if len(data) < window or window == n:
            return data
    raise AssertionError("unreachable")
