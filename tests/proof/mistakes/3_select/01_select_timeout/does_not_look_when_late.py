"""Returns at once when the deadline has passed, without a look.

caught by: test_what_is_there_counts_even_after_the_deadline
words: late is no reason not to see it
"""

import select


def wait_readable(socks, deadline, clock):
    if deadline is None:
        return select.select(socks, [], [])[0]
    if clock() >= deadline:
        return []
    return select.select(socks, [], [], deadline - clock())[0]
