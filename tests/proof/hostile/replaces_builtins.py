"""Gives builtins another meaning for everybody.

verdict: failed or leaked
words: was replaced
"""

import builtins


def accept_pending(listener):
    builtins.len = builtins.print = builtins.repr = lambda *args, **kwargs: 0
    builtins.isinstance = builtins.hasattr = lambda *args: True
    return []
