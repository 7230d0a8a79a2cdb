"""Removes from the list over which it goes: whatever stands next is passed over.

caught by: test_the_callers_list_stays_as_it_is
words: three items were closed, and your code did not return all three as closed
"""

import os


def split_closed(socks):
    closed = []
    for one in socks:
        number = one if isinstance(one, int) else one.fileno()
        try:
            os.fstat(number)
        except OSError:
            socks.remove(one)
            closed.append(one)
    return list(socks), closed
