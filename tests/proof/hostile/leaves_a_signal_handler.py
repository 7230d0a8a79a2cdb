"""Leaves a signal handler behind.

verdict: leaked
words: the handler of SIGUSR1 was changed
"""

import signal


def accept_pending(listener):
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    return []
