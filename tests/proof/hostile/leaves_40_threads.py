"""Leaves 40 threads behind.

verdict: leaked
words: is still running
"""

import threading
import time


def accept_pending(listener):
    for _ in range(40):
        threading.Thread(target=time.sleep, args=(100,)).start()
    return []
