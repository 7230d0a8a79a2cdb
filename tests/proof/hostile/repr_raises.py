"""Returns an object whose repr and comparison raise.

verdict: failed
words: ZeroDivisionError
"""


class Odd:
    def __repr__(self):
        return str(1 // 0)

    __eq__ = __ne__ = __bool__ = __len__ = __iter__ = __hash__ = lambda self, *_: 1 // 0


def accept_pending(listener):
    return Odd()
