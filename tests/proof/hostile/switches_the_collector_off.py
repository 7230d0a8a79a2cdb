"""Collects no garbage any more.

verdict: leaked
words: the garbage collector was changed
"""

import gc


def accept_pending(listener):
    gc.disable()
    gc.set_debug(0)
    return []
