"""Returns None when the time is over.

caught by: test_nothing_by_the_deadline_is_an_empty_list
words: nothing was readable by the deadline, and your code did not return an empty list
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = None if deadline is None else max(0, deadline - clock())
    return select.select(socks, [], [], timeout)[0] or None
