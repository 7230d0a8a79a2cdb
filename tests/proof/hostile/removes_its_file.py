"""Removes its own file, and is wrong.

verdict: could not start
words: is not there any more
"""

from pathlib import Path


def accept_pending(listener):
    Path(__file__).unlink()
    return ["nobody"]
