"""Raises a BaseException of its own.

verdict: failed
words: Own: not an Exception
"""


class Own(BaseException):
    pass


def accept_pending(listener):
    raise Own("not an Exception")
