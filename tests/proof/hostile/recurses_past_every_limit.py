"""Lifts the limit of the recursion and calls itself some million times.

verdict: passed
words:
"""

import sys


def depth(left):
    return depth(left - 1) if left else 0


def accept_pending(listener):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    depth(10_000)
    sys.setrecursionlimit(before)
    return []
