"""Takes infinity for "no limit".

caught by: test_without_a_deadline_it_waits_until_something_comes
words: OverflowError
"""

import math
import select


def wait_readable(socks, deadline, clock):
    left = math.inf if deadline is None else deadline - clock()
    return select.select(socks, [], [], max(0, left))[0]
