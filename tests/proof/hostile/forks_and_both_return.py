"""Forks, and the child goes on with the test as if it were the parent.

verdict: leaked
words: the child process
"""

import os


def accept_pending(listener):
    os.fork()
    return []
