"""Leaves a callback behind that raises at each garbage collection.

verdict: leaked
words: gc.callbacks was changed
"""

import gc


def found(phase, info):
    raise SystemExit("collected")


def accept_pending(listener):
    gc.callbacks.append(found)
    gc.set_threshold(1)
    gc.collect()
    return []
