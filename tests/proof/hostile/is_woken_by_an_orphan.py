"""Sleeps in recv() until a process ends that descends from it, and is not its child any more.

verdict: passed
words:
"""

import os
import socket
import time


def accept_pending(listener):
    here, there = socket.socketpair()
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            time.sleep(0.3)
        os._exit(0)
    there.close()
    os.waitpid(child, 0)
    with here:
        here.recv(1)
    return []
