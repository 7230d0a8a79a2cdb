"""Asks one select() for all: a single closed one makes it fail, and everything counts as closed.

caught by: test_one_that_is_closed_does_not_take_the_others_with_it
words: your lists were wrong: judge each item alone, and keep the order in which they were given
"""

import select


def split_closed(socks):
    try:
        select.select(socks, [], [], 0)
    except (OSError, ValueError):
        return [], list(socks)
    return list(socks), []
