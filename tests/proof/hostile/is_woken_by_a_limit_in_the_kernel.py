"""Sleeps in recv() until SO_RCVTIMEO is over, of which the system call does not tell.

verdict: passed
words:
"""

import contextlib
import socket
import struct


def accept_pending(listener):
    here, there = socket.socketpair()
    with here, there, contextlib.suppress(BlockingIOError):
        here.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 300_000))
        here.recv(1)
    return []
