"""Stops the clock, and nobody can sleep.

verdict: leaked
words: time.sleep was replaced
"""

import time


def accept_pending(listener):
    time.sleep = time.monotonic = time.perf_counter_ns = time.time = lambda *args: 0
    return []
