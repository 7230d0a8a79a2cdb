"""Raises an exception whose text cannot be made.

verdict: failed
words: its text cannot be made
"""


class Mute(Exception):
    def __str__(self):
        raise ValueError("no")


def accept_pending(listener):
    raise Mute
