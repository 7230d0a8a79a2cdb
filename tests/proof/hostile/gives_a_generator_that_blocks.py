"""Returns a list whose comparison blocks.

verdict: hung
words: asleep
"""

import threading


class Slow(list):
    def __eq__(self, other):
        threading.Event().wait()

    __hash__ = None


def accept_pending(listener):
    return Slow()
