"""Becomes a program that sleeps.

verdict: hung
words: no answer
"""

import os


def accept_pending(listener):
    os.execv("/bin/sleep", ["sleep", "5"])
