"""Writes to a descriptor that whoever started the run had open, far above the others.

verdict: failed
words: OSError EBADF
"""

import os


def accept_pending(listener):
    os.write(500, b"\033[2J written by the kata\n")
    return []
