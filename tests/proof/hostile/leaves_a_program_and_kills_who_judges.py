"""Starts a program in a session of its own, and kills its parent.

verdict: died
words: the process that judges was ended
"""

import os
import signal


def accept_pending(listener):
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setsid()
        os.close(reader)
        os.execvp("sleep", ["sleep", "1000"])
    os.close(writer)
    os.read(reader, 1)
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()
