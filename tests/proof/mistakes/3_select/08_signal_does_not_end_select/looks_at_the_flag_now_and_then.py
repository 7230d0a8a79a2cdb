"""Wakes twice a second to look at the flag: the signal waits for the next look.

caught by: test_the_signal_ends_the_wait
words: the signal came, and your code slept on: a handler that returns does not end a wait (PEP 475)
"""

import select
import signal


def wait_readable_or_signal(sock, signum):
    came = []
    former = signal.signal(signum, lambda *_: came.append(True))
    try:
        while True:
            readable, _, _ = select.select([sock], [], [], 0.5)
            if came:
                return "signal"
            if readable:
                return "readable"
    finally:
        signal.signal(signum, former)
