"""Leaves another environment behind.

verdict: leaked
words: the environment was changed
"""

import os


def accept_pending(listener):
    os.environ.clear()
    os.environ["PYTHONPATH"] = "/nowhere"
    return []
