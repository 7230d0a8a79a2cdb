"""Sleeps in epoll until a timer comes whose descriptor is in no table: it lies in a message that nobody has read.

verdict: passed
words:
"""

import ctypes
import os
import select
import socket
import struct
import time


def accept_pending(listener):
    libc = ctypes.CDLL(None)
    timer = libc.timerfd_create(time.CLOCK_MONOTONIC, 0)
    libc.timerfd_settime(timer, 0, struct.pack("4q", 0, 0, 0, 300_000_000), None)
    here, there = socket.socketpair()
    with here, there, select.epoll() as epoll:
        epoll.register(timer, select.EPOLLIN)
        socket.send_fds(there, [b"x"], [timer])
        os.close(timer)
        epoll.poll()
        for fd in socket.recv_fds(here, 1, 1)[1]:
            os.close(fd)
    return []
