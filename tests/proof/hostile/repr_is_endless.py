"""Returns an object whose repr has 50 million characters.

verdict: failed
words: xxxxx
deadline: 20
"""


class Long:
    def __repr__(self):
        return "x" * 50_000_000


def accept_pending(listener):
    return Long()
