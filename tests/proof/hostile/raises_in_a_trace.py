"""Leaves a trace function behind that raises at the next call of anything.

verdict: failed
words: ZeroDivisionError
"""

import sys


def trace(frame, event, arg):
    raise ZeroDivisionError


def accept_pending(listener):
    sys.settrace(trace)
    return []
