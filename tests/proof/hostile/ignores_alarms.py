"""Ignores SIGALRM, and sleeps.

verdict: hung
words: still blocked in time.sleep(100)
"""

import signal
import time


def accept_pending(listener):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(100)
