"""Subtracts and does not look at the sign.

caught by: test_a_deadline_that_has_passed_is_no_error
words: ValueError: timeout must be non-negative
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = None if deadline is None else deadline - clock()
    return select.select(socks, [], [], timeout)[0]
