"""Leaves a thread behind that C has started, and that never runs any Python.

verdict: leaked
words: a thread that C
"""

import ctypes


def accept_pending(listener):
    libc = ctypes.CDLL(None)
    thread = ctypes.c_ulong()
    sleep = ctypes.cast(libc.sleep, ctypes.c_void_p)
    libc.pthread_create(ctypes.byref(thread), None, sleep, ctypes.c_void_p(1000))
    return []
