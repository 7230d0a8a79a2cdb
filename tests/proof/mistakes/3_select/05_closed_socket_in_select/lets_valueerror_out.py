"""Catches OSError alone; what Python itself refuses is a ValueError.

caught by: test_a_closed_socket_is_closed_and_raises_nothing
words: ValueError: file descriptor cannot be a negative integer (-1)
"""

import select


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        try:
            select.select([one], [], [], 0)
        except OSError:
            closed.append(one)
        else:
            usable.append(one)
    return usable, closed
