"""Sleeps in recv() until a thread sends that sleeps outside of Python.

verdict: passed
words:
"""

import ctypes
import socket
import threading


def accept_pending(listener):
    here, there = socket.socketpair()

    def later():
        ctypes.CDLL(None).usleep(300_000)
        there.send(b"x")

    with here, there:
        thread = threading.Thread(target=later)
        thread.start()
        here.recv(1)
        thread.join()
    return []
