"""Sends itself a signal that has no name.

verdict: died
words: killed by signal 40
"""

import os


def accept_pending(listener):
    os.kill(os.getpid(), 40)
