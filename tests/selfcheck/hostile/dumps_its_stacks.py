"""Lets faulthandler write stacks down all the time.

verdict: passed
words:
"""

import faulthandler


def accept_pending(listener):
    faulthandler.enable()
    faulthandler.dump_traceback_later(0.001, repeat=True)
    return []
