"""Waits for five seconds at most, as program 3 does, whatever the deadline.

caught by: test_it_waits_until_the_deadline_on_the_given_clock
words: your code gave up before the given clock had reached the deadline, 5.5 s away
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = None if deadline is None else min(5.0, max(0.0, deadline - clock()))
    return select.select(socks, [], [], timeout)[0]
