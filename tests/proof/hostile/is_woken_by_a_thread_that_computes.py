"""Sleeps in recv() until a thread sends that was all the time busy, beside one that wants the interpreter lock.

verdict: passed
words:
"""

import socket
import threading
import time


def accept_pending(listener):
    here, there = socket.socketpair()
    until = time.monotonic() + 0.3

    def later():
        while time.monotonic() < until:
            pass
        there.send(b"x")

    with here, there:
        threads = [threading.Thread(target=later) for _ in range(2)]
        for thread in threads:
            thread.start()
        here.recv(1)
        for thread in threads:
            thread.join()
    return []
