"""Lets a child trace the process that judges, which stands still then.

verdict: died
words: the process that judges
"""

import ctypes
import os
import signal

PTRACE_ATTACH = 16  # ptrace(2)


def accept_pending(listener):
    judge = os.getppid()
    libc = ctypes.CDLL(None)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    if os.fork() == 0:
        os.setsid()
        libc.ptrace(PTRACE_ATTACH, judge, None, None)
    signal.pause()
