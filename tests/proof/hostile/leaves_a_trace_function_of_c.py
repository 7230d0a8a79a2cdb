"""Leaves built-in functions behind as trace and profile function, of which one refuses every event.

verdict: leaked or failed
words:
"""

import sys


def accept_pending(listener):
    sys.setprofile(print)
    sys.settrace(int)
    return []
