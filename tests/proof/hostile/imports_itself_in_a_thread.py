"""Waits, while it is imported, for a thread that imports something that waits for it.

verdict: could not start
words: asleep
deadline: 0.7
"""

import _imp
import threading


def needs_the_lock():
    _imp.acquire_lock()


_imp.acquire_lock()
thread = threading.Thread(target=needs_the_lock, daemon=True)
thread.start()
thread.join()
