"""Raises GeneratorExit.

verdict: failed
words: GeneratorExit
"""


def accept_pending(listener):
    raise GeneratorExit
