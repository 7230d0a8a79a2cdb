"""Lets faulthandler write stacks down all the time.

It reads the frames of a thread that runs, without any lock, and crashes now and then (seen on Python 3.12).

verdict: leaked or died
words:
"""

import faulthandler


def accept_pending(listener):
    faulthandler.enable()
    faulthandler.dump_traceback_later(0.001, repeat=True)
    return []
