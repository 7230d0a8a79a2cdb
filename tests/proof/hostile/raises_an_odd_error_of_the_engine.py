"""Raises an exception of the engine's own kind whose words are no text.

verdict: failed
words:
"""

from dojo.sandbox.findings import Finding
from dojo.sandbox.loader import CannotStart


class Odd(CannotStart):
    def __init__(self):
        self.line = "nowhere"


def accept_pending(listener):
    raise Finding(None, 3, object()) if listener is None else Odd()
