"""Asks time.monotonic, whatever clock the caller counts by.

caught by: test_it_waits_until_the_deadline_on_the_given_clock
words: before the given clock had reached the deadline
"""

import select
import time


def wait_readable(socks, deadline, clock):
    timeout = None if deadline is None else max(0, deadline - time.monotonic())
    return select.select(socks, [], [], timeout)[0]
