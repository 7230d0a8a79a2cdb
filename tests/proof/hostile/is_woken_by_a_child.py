"""Sleeps in recv() until another process sends.

verdict: passed
words:
"""

import os
import socket
import time


def accept_pending(listener):
    here, there = socket.socketpair()
    with here, there:
        child = os.fork()
        if child == 0:
            time.sleep(0.3)
            there.send(b"x")
            os._exit(0)
        here.recv(1)
        os.waitpid(child, 0)
    return []
