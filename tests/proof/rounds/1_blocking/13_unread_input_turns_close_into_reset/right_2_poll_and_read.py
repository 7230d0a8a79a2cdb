"""Of the kind that sleeps in poll() and reads the descriptor with os.readv(), and returns the count on a reset instead of raising."""

import contextlib
import os
import select
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    scrap = memoryview(bytearray(4096))
    left = limit
    with sock, contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        while left > 0:
            poller.poll()
            n = os.readv(sock.fileno(), [scrap[: min(left, 4096)]])
            if n == 0:
                break
            left -= n
    return limit - left
