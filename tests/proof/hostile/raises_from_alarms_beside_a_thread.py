"""Leaves a thread behind to which alarms are delivered; their handler raises in the main thread.

verdict: failed or leaked
words: ✗ 2.1
"""

import contextlib
import signal
import threading


def ring(signum, frame):
    raise ZeroDivisionError("an alarm")


def accept_pending(listener):
    with contextlib.suppress(ZeroDivisionError):
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        while True:
            pass
    return []
