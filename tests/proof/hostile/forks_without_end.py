"""Doubles itself nine times, and sleeps.

verdict: died
words: the process was stopped: it has
deadline: 60
"""

import os
import time


def accept_pending(listener):
    for _ in range(9):
        os.fork()
    time.sleep(60)
    os._exit(0)
