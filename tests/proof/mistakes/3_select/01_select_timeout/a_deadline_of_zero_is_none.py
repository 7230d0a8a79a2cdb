"""Asks whether the deadline is true, and 0.0 is not.

caught by: test_a_deadline_of_zero_is_a_deadline
words: it waits, although the deadline is not in the future
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = max(0, deadline - clock()) if deadline else None
    return select.select(socks, [], [], timeout)[0]
