"""Lets every process believe that it is the first one, and forks.

verdict: leaked
words: os.getpid was replaced
"""

import os

me = os.getpid()
os.getpid = lambda: me


def accept_pending(listener):
    os.fork()
    return []
