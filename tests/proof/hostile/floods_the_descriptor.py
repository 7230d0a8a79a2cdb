"""Writes without end to descriptor 1, past every limit that Python could set.

verdict: hung
words: os.write(
"""

import os


def accept_pending(listener):
    while True:
        os.write(1, bytes(65536))
