"""Raises an exception that does not let anybody ask for its class while it is imported.

verdict: could not start
words: raised while the file is imported
"""

import operator


class Kind(type):
    __name__ = property(operator.itemgetter(0))


class Denying(SyntaxError, metaclass=Kind):
    __class__ = property(operator.itemgetter(0))
    __traceback__ = property(operator.itemgetter(0))
    lineno = property(operator.itemgetter(0))
    msg = property(operator.itemgetter(0))


raise Denying("here I am")
