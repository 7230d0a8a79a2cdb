"""Forgets every module.

verdict: leaked
words: the module builtins was replaced
"""

import sys


def accept_pending(listener):
    sys.modules.clear()
    return []
