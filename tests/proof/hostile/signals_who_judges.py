"""Sends its parent a signal, as one may who takes it for its child.

verdict: died
words: the process that judges was ended
"""

import os
import signal


def accept_pending(listener):
    os.kill(os.getppid(), signal.SIGUSR1)
    signal.pause()
