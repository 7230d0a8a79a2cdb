"""Removes the temporary directory, which is its own.

verdict: passed
words:
"""

import tempfile
from pathlib import Path


def accept_pending(listener):
    Path(tempfile.gettempdir()).rmdir()
    return []
