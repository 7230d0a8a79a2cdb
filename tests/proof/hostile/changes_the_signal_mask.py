"""Leaves a signal blocked.

verdict: leaked
words: the signal mask was changed
"""

import signal


def accept_pending(listener):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    return []
