"""Sets an alarm without a handler, and sleeps in a call without a limit.

verdict: died
words: killed by SIGALRM
"""

import signal


def accept_pending(listener):
    listener.setblocking(True)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    return [listener.accept()[0]]
