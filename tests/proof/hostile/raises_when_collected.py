"""Returns an object that raises when nobody needs it any more.

verdict: passed
words:
"""


class Last(list):
    def __del__(self):
        raise SystemExit("when collected")


def accept_pending(listener):
    return Last()
