"""Asks whether the deadline is true, and 0.0 is not.

caught by: test_a_deadline_of_zero_is_a_deadline
words: your code waited, although the deadline was not in the future: look once and return
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = max(0, deadline - clock()) if deadline else None
    return select.select(socks, [], [], timeout)[0]
