"""Leaves alarms behind whose handler raises, a thousand times a second.

verdict: failed or leaked
words: ✗ 2.1
"""

import contextlib
import signal


def ring(signum, frame):
    raise ZeroDivisionError("an alarm")


def accept_pending(listener):
    with contextlib.suppress(ZeroDivisionError):
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        while True:
            pass
    return []
