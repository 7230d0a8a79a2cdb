"""Raises an OSError whose errno is no number.

verdict: failed
words: OSError
"""


def accept_pending(listener):
    raise OSError(["no", "number"], {"no": "text"})
