"""Leaves a timer behind that counts processor time.

verdict: leaked
words: ITIMER_PROF
"""

import signal


def accept_pending(listener):
    signal.setitimer(signal.ITIMER_PROF, 60, 60)
    return []
