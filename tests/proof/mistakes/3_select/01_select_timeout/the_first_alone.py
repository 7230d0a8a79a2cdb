"""Returns the first readable socket and forgets the others.

caught by: test_all_that_are_readable_are_returned
words: two of the three sockets had input, and your code did not return those two
"""

import select


def wait_readable(socks, deadline, clock):
    timeout = None if deadline is None else max(0, deadline - clock())
    readable, _, _ = select.select(socks, [], [], timeout)
    for sock in readable:
        return [sock]
    return []
