"""Leaves 100 chains of processes behind, each of which forks the next one and ends.

verdict: leaked
words: still there
"""

import os
import time


def accept_pending(listener):
    until = time.monotonic() + 60
    for _ in range(100):
        if os.fork() == 0:
            os.setsid()
            while time.monotonic() < until:
                if os.fork():
                    break
            os._exit(0)
    return []
