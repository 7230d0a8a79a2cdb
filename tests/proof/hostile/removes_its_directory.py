"""Leaves a working directory that is gone.

verdict: leaked
words: the working directory is now one that was removed
"""

import os
import tempfile


def accept_pending(listener):
    with tempfile.TemporaryDirectory() as made:
        os.chdir(made)
    return []
