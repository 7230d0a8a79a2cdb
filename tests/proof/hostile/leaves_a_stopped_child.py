"""Leaves a child that has stopped itself.

verdict: leaked
words: the child process
"""

import os
import signal


def accept_pending(listener):
    child = os.fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    os.waitpid(child, os.WUNTRACED)
    return []
