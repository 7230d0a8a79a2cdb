"""Asks select() for each: above 1023 it refuses open descriptors too.

caught by: test_a_number_above_1023_is_open_too
words: 1500 was open, and your code did not say so: it only is too high for select()
"""

import select


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        try:
            select.select([one], [], [], 0)
        except (OSError, ValueError):
            closed.append(one)
        else:
            usable.append(one)
    return usable, closed
