"""Leaves a sys.stdout whose flush never returns: the test is over, the process does not end.

verdict: hung
words: asleep
"""

import sys
import threading


class Blocks:
    def flush(self):
        threading.Event().wait()


def accept_pending(listener):
    sys.stdout = Blocks()
    return []
