"""Remembers the numbers that were closed once.

caught by: test_a_number_given_out_again_is_open
words: the number had been given out again since the last call, and your code did not say open
"""

import os

dead = set()


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        number = one if isinstance(one, int) else one.fileno()
        try:
            os.fstat(number)
        except OSError:
            dead.add(number)
        (closed if number in dead else usable).append(one)
    return usable, closed
