"""Leaves a trace function behind that raises at the next call of anything.

verdict: leaked
words: a trace or profile function is still in place
"""

import sys


def trace(frame, event, arg):
    raise ZeroDivisionError


def accept_pending(listener):
    sys.settrace(trace)
    return []
