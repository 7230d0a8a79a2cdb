"""Makes its own file 700 MB long, without a byte on the disk, and fails.

verdict: could not start
words: larger than
"""

import os


def accept_pending(listener):
    os.truncate(__file__, 700_000_000)
    raise ValueError("too late")
