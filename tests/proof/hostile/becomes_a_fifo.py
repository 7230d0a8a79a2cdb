"""Puts a FIFO in the place of its own file, and fails: whoever opens it waits for a writer.

verdict: could not start
words: it is a FIFO
"""

import os
from pathlib import Path


def accept_pending(listener):
    Path(__file__).unlink()
    os.mkfifo(__file__)
    raise ValueError("too late")
