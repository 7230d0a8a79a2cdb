"""Raises an exception whose text cannot be written in any encoding.

verdict: failed
words: ValueError
"""


def accept_pending(listener):
    raise ValueError("\udcff\ud800")
