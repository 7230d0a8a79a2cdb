"""Wants to sleep when the interpreter ends.

verdict: passed
words:
"""

import atexit
import time


def accept_pending(listener):
    atexit.register(time.sleep, 100)
    return []
