"""Leaves a child that ignores SIGTERM in a session of its own.

verdict: leaked
words: the child process
"""

import os
import signal
import time


def accept_pending(listener):
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(5)
        os._exit(0)
    return []
