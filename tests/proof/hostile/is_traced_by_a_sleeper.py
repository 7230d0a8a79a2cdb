"""Is traced by a child that has left its group and never waits for it.

verdict: leaked
words: still there
"""

import ctypes
import os
import signal

PTRACE_SEIZE = 0x4206  # ptrace(2)


def accept_pending(listener):
    libc = ctypes.CDLL(None)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setsid()
        libc.ptrace(PTRACE_SEIZE, os.getppid(), None, None)
        os.write(writer, b"!")
        signal.pause()
    os.read(reader, 1)
    os.close(reader)
    os.close(writer)
    return []
