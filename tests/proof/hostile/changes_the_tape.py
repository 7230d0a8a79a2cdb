"""Lets the tape count nothing.

verdict: leaked
words: Tape.count was replaced
"""

import dojo.tape.query


def accept_pending(listener):
    dojo.tape.query.Tape.count = lambda *args, **kwargs: 0
    return []
