"""Waits for a person to type something.

verdict: failed
words: EOFError
"""


def accept_pending(listener):
    return input("how many? ")
