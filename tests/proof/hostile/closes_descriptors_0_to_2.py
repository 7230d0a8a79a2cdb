"""Closes its standard input, output and error output.

verdict: leaked
words: fd 0 was closed, and it was not yours
"""

import os


def accept_pending(listener):
    for fd in range(3):
        os.close(fd)
    return []
