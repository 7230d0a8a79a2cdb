"""Stops itself with SIGSTOP: alive, and not running.

verdict: hung
words: the process has stopped itself
"""

import os
import signal


def accept_pending(listener):
    os.kill(os.getpid(), signal.SIGSTOP)
    return []
