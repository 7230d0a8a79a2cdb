"""Leaves a handler for a signal that has no name.

verdict: leaked
words: the handler of signal 40 was changed
"""

import signal


def accept_pending(listener):
    signal.signal(40, signal.SIG_IGN)
    return []
