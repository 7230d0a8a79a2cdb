"""Expects InterruptedError, as before Python 3.5.

caught by: test_the_signal_ends_the_wait
words: the signal has come and gone, and the code sleeps on
"""

import select
import signal


def wait_readable_or_signal(sock, signum):
    former = signal.signal(signum, lambda *_: None)
    try:
        select.select([sock], [], [])
        return "readable"
    except InterruptedError:
        return "signal"
    finally:
        signal.signal(signum, former)
