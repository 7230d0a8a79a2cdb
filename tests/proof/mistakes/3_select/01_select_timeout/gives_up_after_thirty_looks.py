"""Looks again every second, thirty times at most.

caught by: test_it_waits_until_the_deadline_on_the_given_clock
words: your code gave up before the given clock had reached the deadline, 31.0 s away
"""

import select


def wait_readable(socks, deadline, clock):
    if deadline is None:
        return select.select(socks, [], [])[0]
    for _ in range(30):
        left = deadline - clock()
        readable = select.select(socks, [], [], min(1.0, max(0.0, left)))[0]
        if readable or left <= 0:
            break
    return readable
