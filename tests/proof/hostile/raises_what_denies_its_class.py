"""Raises an exception that does not let anybody ask for its class, its number or its traceback.

verdict: failed
words: Denying
"""

import operator


class Kind(type):
    __name__ = property(operator.itemgetter(0))
    __module__ = property(operator.itemgetter(0))


class Denying(OSError, metaclass=Kind):
    __class__ = property(operator.itemgetter(0))
    __traceback__ = property(operator.itemgetter(0))
    errno = property(operator.itemgetter(0))
    strerror = property(operator.itemgetter(0))


def accept_pending(listener):
    raise Denying("here I am")
