"""Sets an alarm without a handler, and sleeps.

verdict: died
words: killed by SIGALRM
"""

import signal
import time


def accept_pending(listener):
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    time.sleep(100)
