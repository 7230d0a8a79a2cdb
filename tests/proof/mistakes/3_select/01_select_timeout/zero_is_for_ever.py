"""Makes 0 seconds a wait without a limit.

caught by: test_at_the_deadline_it_looks_once
words: your code waited, although the deadline was not in the future: look once and return
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = max(0, deadline - clock()) if deadline is not None else 0
    return select.select(socks, [], [], timeout or None)[0]
