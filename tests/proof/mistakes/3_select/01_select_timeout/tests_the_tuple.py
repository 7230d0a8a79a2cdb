"""Tests what select returned as a whole: a tuple of three empty lists is true.

caught by: test_nothing_by_the_deadline_is_an_empty_list
words: nothing was readable by the deadline
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = None if deadline is None else max(0, deadline - clock())
    if select.select(socks, [], [], timeout):
        return socks
    return []
