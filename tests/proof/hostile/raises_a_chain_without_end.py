"""Raises an exception that is its own cause.

verdict: failed
words: ValueError: round and round
"""


def accept_pending(listener):
    error = ValueError("round and round")
    error.__cause__ = error.__context__ = error
    raise error
