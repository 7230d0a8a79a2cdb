"""Raises an exception whose text raises SystemExit.

verdict: failed
words: its text cannot be made: SystemExit
"""


class Ends(Exception):
    def __str__(self):
        raise SystemExit(0)


def accept_pending(listener):
    raise Ends
