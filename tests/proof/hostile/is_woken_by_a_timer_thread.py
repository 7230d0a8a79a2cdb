"""Sleeps in recv() until a thread that sleeps, too, sends.

verdict: passed
words:
"""

import socket
import threading


def accept_pending(listener):
    here, there = socket.socketpair()
    with here, there:
        timer = threading.Timer(0.3, there.send, [b"x"])
        timer.start()
        here.recv(1)
        timer.join()
    return []
