"""Kills all processes of its parent's group.

verdict: died
words: the process that judges was ended
"""

import os
import signal


def accept_pending(listener):
    os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)
    signal.pause()
