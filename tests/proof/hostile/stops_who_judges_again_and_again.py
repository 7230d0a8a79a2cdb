"""Leaves a process behind that stops the one that judges as often as somebody continues it.

verdict: died
words: stopped again and again
"""

import os
import signal


def accept_pending(listener):
    judge = os.getppid()
    if os.fork() == 0:
        os.setsid()
        while True:
            os.kill(judge, signal.SIGSTOP)
    signal.pause()
