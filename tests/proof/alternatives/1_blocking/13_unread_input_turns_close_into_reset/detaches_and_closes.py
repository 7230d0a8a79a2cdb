"""Closes by hand, and lets a timeout take the place of the blocking mode."""

import os
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    left = limit
    try:
        sock.settimeout(600)
        sock.shutdown(socket.SHUT_WR)
        while left > 0 and (size := len(sock.recv(min(left, 1 << 16)))):
            left -= size
    finally:
        os.close(sock.detach())
    return limit - left
