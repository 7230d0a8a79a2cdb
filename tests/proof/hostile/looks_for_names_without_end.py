"""Looks every name up in itself.

verdict: failed
words: RecursionError
"""

import sys


def __getattr__(name):
    return getattr(sys.modules["kata"], name)
