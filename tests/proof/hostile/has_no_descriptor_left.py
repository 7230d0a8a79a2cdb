"""Takes its process the right to open anything.

verdict: leaked
words: EMFILE
"""

import resource


def accept_pending(listener):
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    return []
