"""Raises an exception whose text takes for ever.

verdict: hung
words: asleep
"""

import threading


class Slow(Exception):
    def __str__(self):
        threading.Event().wait()


def accept_pending(listener):
    raise Slow
