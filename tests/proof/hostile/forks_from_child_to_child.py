"""Leaves a process that forks and ends, again and again: nobody sees the same number twice.

verdict: leaked
words: still there
"""

import os
import time


def accept_pending(listener):
    until = time.monotonic() + 5
    child = os.fork()
    if child == 0:
        os.setsid()
        while time.monotonic() < until:
            if os.fork():
                os._exit(0)
        os._exit(0)
    os.waitpid(child, 0)
    return []
