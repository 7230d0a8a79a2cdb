"""Leaves directories in the temporary directory, a thousand deep.

verdict: leaked
words: 'deep' is in the temporary directory
"""

import os
import tempfile
from pathlib import Path


def accept_pending(listener):
    before = os.open(".", os.O_RDONLY)
    os.chdir(tempfile.gettempdir())
    Path("deep").mkdir()
    os.chdir("deep")
    for _ in range(1000):
        Path("d").mkdir()
        os.chdir("d")
    os.fchdir(before)
    os.close(before)
    return []
