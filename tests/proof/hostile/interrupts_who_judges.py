"""Presses Ctrl-C, so to say, for its parent.

verdict: died
words: the process that judges was ended
"""

import os
import signal


def accept_pending(listener):
    os.kill(os.getppid(), signal.SIGINT)
    signal.pause()
