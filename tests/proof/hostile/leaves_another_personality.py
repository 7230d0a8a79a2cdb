"""Leaves its process with addresses that are no longer chosen at random, and another locale.

verdict: leaked
words: the locale is now
"""

import ctypes
import locale

ADDR_NO_RANDOMIZE = 0x0040000  # personality(2)


def accept_pending(listener):
    ctypes.CDLL(None).personality(ADDR_NO_RANDOMIZE)
    locale.setlocale(locale.LC_ALL, "C" if locale.setlocale(locale.LC_ALL) != "C" else "C.UTF-8")
    return []
