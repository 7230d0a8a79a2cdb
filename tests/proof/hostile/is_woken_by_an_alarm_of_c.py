"""Sleeps in recv() until an alarm comes that Python has not set.

verdict: passed
words:
"""

import ctypes
import signal
import socket


class Rung(Exception):
    pass


def ring(signum, frame):
    raise Rung


def accept_pending(listener):
    before = signal.signal(signal.SIGALRM, ring)
    here, there = socket.socketpair()
    with here, there:
        ctypes.CDLL(None).ualarm(300_000, 0)
        try:
            here.recv(1)
        except Rung:
            pass
    signal.signal(signal.SIGALRM, before)
    return []
