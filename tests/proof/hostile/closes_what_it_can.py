"""Closes every descriptor it can name, the engine's among them.

verdict: failed
words: EBADF
"""

import os


def accept_pending(listener):
    os.closerange(0, 256)
    listener.accept()
