"""Closes sys.stdout and goes on printing.

verdict: passed
words:
"""

import contextlib
import sys


def accept_pending(listener):
    sys.stdout.close()
    with contextlib.suppress(ValueError):
        print("nobody reads this")
    return []
