"""Puts a link to a device in the place of its own file that gives zeros without end.

verdict: could not start
words: it is a device
"""

from pathlib import Path


def accept_pending(listener):
    Path(__file__).unlink()
    Path(__file__).symlink_to("/dev/zero")
    return []
