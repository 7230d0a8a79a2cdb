"""Blocks in a callback of the garbage collector.

verdict: hung
words: asleep
"""

import gc
import threading


def found(phase, info):
    threading.Event().wait()


def accept_pending(listener):
    gc.callbacks.append(found)
    gc.collect()
    return []
