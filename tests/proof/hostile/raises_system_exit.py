"""Raises SystemExit, which is no Exception.

verdict: failed
words: An exercise returns or raises; it does not end the process.
"""

import sys


def accept_pending(listener):
    sys.exit(0)
