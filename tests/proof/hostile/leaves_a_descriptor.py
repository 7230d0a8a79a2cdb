"""Leaves a selector open.

verdict: leaked
words: is still open
"""

import selectors

kept = []


def accept_pending(listener):
    kept.append(selectors.DefaultSelector())
    return []
