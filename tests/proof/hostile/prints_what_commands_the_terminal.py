r"""Prints what clears the screen, and is wrong.

verdict: failed
words: \x1b[2J
"""


def accept_pending(listener):
    print("\x1b[2J\x1b]0;title\x07\x9b31m\u202e\x08")
