"""Becomes another program, which ends well.

verdict: died
words: the process ended itself with status 0
"""

import os


def accept_pending(listener):
    os.execv("/bin/true", ["true"])
