"""Sleeps in recv() until a timer of timer_create(2) sends a signal that is not SIGALRM.

verdict: passed
words:
"""

import ctypes
import signal
import socket
import struct
import time


class Rung(Exception):
    pass


def ring(signum, frame):
    raise Rung


def accept_pending(listener):
    libc = ctypes.CDLL(None)
    before = signal.signal(signal.SIGUSR1, ring)
    timer = ctypes.c_void_p()
    event = ctypes.create_string_buffer(struct.pack("qii", 0, signal.SIGUSR1, 0), 64)
    libc.timer_create(time.CLOCK_MONOTONIC, event, ctypes.byref(timer))
    libc.timer_settime(timer, 0, struct.pack("4q", 0, 0, 0, 300_000_000), None)
    here, there = socket.socketpair()
    with here, there:
        try:
            here.recv(1)
        except Rung:
            pass
    libc.timer_delete(timer)
    signal.signal(signal.SIGUSR1, before)
    return []
