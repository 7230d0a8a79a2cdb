"""Installs a handler that raises before it is ready to catch what it raises.

caught by: test_a_signal_just_before_the_wait_is_not_lost
words: the signal came as soon as its handler was installed, and what the handler raised propagated from the call
"""

import select
import signal


class Came(Exception):
    pass


def came(signum, frame):
    raise Came


def wait_readable_or_signal(sock, signum):
    former = signal.getsignal(signum)
    signal.signal(signum, came)
    try:
        select.select([sock], [], [])
        return "readable"
    except Came:
        return "signal"
    finally:
        signal.signal(signum, former)
