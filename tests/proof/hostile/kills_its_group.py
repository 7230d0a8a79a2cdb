"""Kills its process group: nobody is in it but the test.

verdict: died
words: killed by SIGKILL
"""

import os
import signal


def accept_pending(listener):
    os.killpg(0, signal.SIGKILL)
