"""Prints without end.

verdict: hung
words: a busy loop
"""


def accept_pending(listener):
    while True:
        print("still here")
