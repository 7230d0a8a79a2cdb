"""Leaves chains of processes behind that fork and end, in the group of the test itself.

verdict: leaked
words: still there
"""

import os
import time


def accept_pending(listener):
    until = time.monotonic() + 60
    for _ in range(50):
        if os.fork() == 0:
            while time.monotonic() < until:
                if os.fork():
                    break
            os._exit(0)
    return []
