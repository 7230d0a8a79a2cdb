"""Raises an exception whose text has a million characters.

verdict: failed
words: ValueError: xxxxx
"""


def accept_pending(listener):
    raise ValueError("x" * 1_000_000)
