"""Leaves a trace function behind for threads to come.

verdict: leaked
words: a trace or profile function is still in place
"""

import threading


def accept_pending(listener):
    threading.settrace(lambda frame, event, arg: None)
    return []
