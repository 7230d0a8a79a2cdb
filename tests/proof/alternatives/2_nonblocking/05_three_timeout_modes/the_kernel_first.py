"""Asks the kernel first, and the socket object where the kernel knows too little."""

import fcntl
import os
import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    if not fcntl.fcntl(sock, fcntl.F_GETFL) & os.O_NONBLOCK:
        return "blocking"
    return "timeout" if sock.getblocking() else "non-blocking"
