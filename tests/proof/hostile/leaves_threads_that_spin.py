"""Leaves threads behind that never give the processor away.

verdict: leaked
words: is still running
"""

import threading


def spin():
    while True:
        pass


def accept_pending(listener):
    for _ in range(3):
        threading.Thread(target=spin, daemon=True).start()
    return []
