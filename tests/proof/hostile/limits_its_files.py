"""Allows no file to grow.

verdict: leaked
words: RLIMIT_FSIZE was changed
"""

import resource


def accept_pending(listener):
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return []
