"""Reads from address 0.

verdict: died
words: killed by SIGSEGV
"""

import ctypes


def accept_pending(listener):
    ctypes.string_at(0)
