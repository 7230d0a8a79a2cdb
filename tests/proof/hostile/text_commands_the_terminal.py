r"""Raises an exception whose text clears the screen, sets the title and turns the direction of writing.

verdict: failed
words: \x1b[2J
"""


def accept_pending(listener):
    raise ValueError("\x1b[2J\x1b]0;title\x07\r\x9b31m\u202e")
