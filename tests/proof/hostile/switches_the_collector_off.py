"""Collects no garbage any more.

verdict: passed
words:
"""

import gc


def accept_pending(listener):
    gc.disable()
    gc.set_debug(0)
    return []
