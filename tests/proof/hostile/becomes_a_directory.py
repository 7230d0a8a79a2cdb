"""Puts a directory in the place of its own file, and fails.

verdict: could not start
words: it is a directory
"""

from pathlib import Path


def accept_pending(listener):
    Path(__file__).unlink()
    Path(__file__).mkdir()
    raise ValueError("too late")
