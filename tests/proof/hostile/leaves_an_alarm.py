"""Leaves an alarm behind.

verdict: leaked
words: an alarm is still set
"""

import signal


def accept_pending(listener):
    signal.alarm(100)
    return []
