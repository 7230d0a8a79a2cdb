"""Lets alarms be handled, again and again, by a function of C that refuses them.

verdict: failed
words: TypeError
"""

import signal


def accept_pending(listener):
    signal.signal(signal.SIGALRM, dict.fromkeys)
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    return []
