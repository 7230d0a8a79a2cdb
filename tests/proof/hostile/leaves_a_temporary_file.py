"""Leaves a file in the temporary directory.

verdict: leaked
words: 'left.txt' is in the temporary directory
"""

import tempfile
from pathlib import Path


def accept_pending(listener):
    (Path(tempfile.gettempdir()) / "left.txt").write_text("still here")
    return []
