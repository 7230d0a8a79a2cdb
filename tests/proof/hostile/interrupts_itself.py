"""Sends itself SIGINT.

verdict: failed
words: KeyboardInterrupt
"""

import signal


def accept_pending(listener):
    signal.raise_signal(signal.SIGINT)
    return []
