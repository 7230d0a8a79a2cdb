"""Takes away the ways in which Python finds modules.

verdict: leaked
words: sys.meta_path was changed
"""

import sys


def accept_pending(listener):
    sys.path[:] = ["/nowhere"]
    sys.meta_path.clear()
    sys.path_hooks.clear()
    return []
