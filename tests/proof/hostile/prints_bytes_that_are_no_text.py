"""Prints bytes that are no UTF-8, and is wrong.

verdict: failed
words: it printed
"""

import os


def accept_pending(listener):
    os.write(1, bytes(range(256)))
