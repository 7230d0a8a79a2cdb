"""Clears away everything that the frames above it could still need.

verdict: failed
words: ✗ 2.1
"""

import sys


def accept_pending(listener):
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_globals.pop("__builtins__", None)
        frame = frame.f_back
    raise ValueError("where is everybody?")
