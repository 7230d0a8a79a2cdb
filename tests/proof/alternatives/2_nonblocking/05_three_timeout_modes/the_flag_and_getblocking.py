"""Asks both questions that have two answers: the kernel's flag and Python's getblocking()."""

import os
import socket

EMPTY_RECV: dict[str, str | None] = {"blocking": "sleeps", "non-blocking": "BlockingIOError", "timeout": "TimeoutError"}


def io_mode(sock: socket.socket) -> str:
    if not sock.getblocking():
        return "non-blocking"
    return "blocking" if os.get_blocking(sock.fileno()) else "timeout"
