"""Returns an object whose repr takes for ever.

verdict: hung
words: asleep
"""

import threading


class Slow:
    def __repr__(self):
        threading.Event().wait()


def accept_pending(listener):
    return Slow()
