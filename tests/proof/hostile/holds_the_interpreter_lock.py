"""Computes in C with the interpreter lock held: no Python code runs any more.

verdict: hung
words: a busy loop
"""

import re


def accept_pending(listener):
    re.match(r"(a+)+$", "a" * 60 + "b")
    return []
