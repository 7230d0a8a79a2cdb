"""Raises what Ctrl-C raises.

verdict: failed
words: KeyboardInterrupt
"""


def accept_pending(listener):
    raise KeyboardInterrupt
