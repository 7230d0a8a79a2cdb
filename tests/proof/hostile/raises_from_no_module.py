"""Raises an exception whose class says that it comes from no module.

verdict: failed
words: Homeless: here I am
"""

Homeless = type("Homeless", (Exception,), {"__module__": None})


def accept_pending(listener):
    raise Homeless("here I am")
