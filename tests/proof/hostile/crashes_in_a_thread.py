"""Reads from address 0 in a thread.

verdict: died
words: killed by SIGSEGV
"""

import ctypes
import threading


def accept_pending(listener):
    thread = threading.Thread(target=ctypes.string_at, args=(0,))
    thread.start()
    thread.join()
    return []
