"""Blocks every signal that can be blocked, and spins.

verdict: hung
words: a busy loop
"""

import signal


def accept_pending(listener):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
