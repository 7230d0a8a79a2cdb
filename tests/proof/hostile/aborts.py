"""Aborts.

verdict: died
words: killed by SIGABRT
"""

import os


def accept_pending(listener):
    os.abort()
