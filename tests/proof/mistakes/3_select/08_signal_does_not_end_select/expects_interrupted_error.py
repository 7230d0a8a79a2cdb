"""Expects InterruptedError, as before Python 3.5.

caught by: test_the_signal_ends_the_wait
words: the signal came, and your code slept on: a handler that returns does not end a wait (PEP 475)
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
