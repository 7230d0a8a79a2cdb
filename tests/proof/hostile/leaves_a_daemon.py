"""Forks twice and leaves the session: nobody's child, in no group of ours.

verdict: leaked
words: a process that the code started was still there
"""

import os
import time


def accept_pending(listener):
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(100)
        os._exit(0)
    os.waitpid(child, 0)
    return []
