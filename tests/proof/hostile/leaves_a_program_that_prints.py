"""Leaves a program that prints without end.

verdict: leaked
words: the child process
"""

import subprocess


def accept_pending(listener):
    subprocess.Popen(["timeout", "5", "yes"])
    return []
