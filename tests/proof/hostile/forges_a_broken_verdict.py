"""Writes a verdict of its own that is none, and ends.

verdict: died
words: the process ended itself with status 0
"""

import os

import dojo.sandbox.child


def accept_pending(listener):
    dojo.sandbox.child.here.memory._put(8192, 1 << 16, b'[["passed"], {"verdict": []}]')
    os._exit(0)
