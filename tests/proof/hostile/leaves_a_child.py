"""Forks a child that stays.

verdict: leaked
words: the child process
"""

import os
import time


def accept_pending(listener):
    if os.fork() == 0:
        time.sleep(100)
        os._exit(0)
    return []
