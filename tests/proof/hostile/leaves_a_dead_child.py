"""Leaves a child that has ended and that nobody has waited for.

verdict: leaked
words: the child process
"""

import os


def accept_pending(listener):
    reader, writer = os.pipe()
    if os.fork() == 0:
        os._exit(0)
    os.close(writer)
    os.read(reader, 1)
    os.close(reader)
    return []
