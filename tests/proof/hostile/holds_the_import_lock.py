"""Leaves a thread behind that holds the import lock.

verdict: leaked
words: is still running
"""

import _imp
import threading

held = threading.Event()


def hold():
    _imp.acquire_lock()
    held.set()
    threading.Event().wait()


def accept_pending(listener):
    threading.Thread(target=hold, daemon=True).start()
    held.wait()
    return []
