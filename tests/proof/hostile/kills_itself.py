"""Sends itself SIGKILL.

verdict: died
words: killed by SIGKILL
"""

import os
import signal


def accept_pending(listener):
    os.kill(os.getpid(), signal.SIGKILL)
