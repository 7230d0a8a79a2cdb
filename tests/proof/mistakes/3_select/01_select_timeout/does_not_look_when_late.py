"""Returns at once when the deadline has passed, without a look.

caught by: test_what_is_there_counts_even_after_the_deadline
words: the input had arrived before your code looked, and your code did not return the socket
"""

import select


def wait_readable(socks, deadline, clock):
    if deadline is None:
        return select.select(socks, [], [])[0]
    if clock() >= deadline:
        return []
    return select.select(socks, [], [], deadline - clock())[0]
