"""Leaves a trace function behind.

verdict: leaked
words: a trace or profile function is still in place
"""

import sys


def accept_pending(listener):
    sys.settrace(lambda frame, event, arg: None)
    return []
