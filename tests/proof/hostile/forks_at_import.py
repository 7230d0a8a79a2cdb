"""Forks while it is imported: both copies go on with the test.

verdict: leaked
words: the child process
"""

import os

os.fork()


def accept_pending(listener):
    return []
