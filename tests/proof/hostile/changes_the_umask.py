"""Leaves another umask behind.

verdict: leaked
words: the umask is now 777
"""

import os


def accept_pending(listener):
    os.umask(0o777)
    return []
