"""Closes by hand; a timeout takes the place of the blocking mode, and only makes it look once more."""

import os
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    left = limit
    try:
        sock.settimeout(600)
        sock.shutdown(socket.SHUT_WR)
        while left > 0:
            try:
                size = len(sock.recv(min(left, 1 << 16)))
            except TimeoutError as error:
                if error.errno is not None:
                    raise
                continue
            if not size:
                break
            left -= size
    finally:
        os.close(sock.detach())
    return limit - left
