"""Calls itself until the interpreter refuses.

verdict: failed
words: RecursionError
"""


def accept_pending(listener):
    return accept_pending(listener)
