"""Leaves another working directory behind.

verdict: leaked
words: the working directory is now /
"""

import os


def accept_pending(listener):
    os.chdir("/")
    return []
