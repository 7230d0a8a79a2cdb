"""Moves the input through a pipe, and closes the socket by its number."""

import os
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    if not hasattr(os, "splice"):  # from Python 3.10 on, and only on Linux
        number, move = sock.fileno(), lambda most: len(os.read(number, most))
        out = into = -1
    else:
        out, into = os.pipe()
        number = sock.fileno()

        def move(most: int) -> int:
            size = os.splice(number, into, most)
            return len(os.read(out, size)) if size else 0

    thrown = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while thrown < limit and (size := move(min(limit - thrown, 4096))):
            thrown += size
    finally:
        for end in (out, into):
            if end >= 0:
                os.close(end)
        os.close(sock.detach())
    return thrown
