"""Leaves an audit hook behind that does nothing, and that nobody can remove.

verdict: leaked
words: an audit hook was added
"""

import sys


def accept_pending(listener):
    sys.addaudithook(lambda event, args: None)
    return []
