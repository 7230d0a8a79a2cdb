"""Takes the deadline for the number of seconds to wait.

caught by: test_it_waits_until_the_deadline_on_the_given_clock
words: before the given clock had reached the deadline
"""

import select


def wait_readable(socks, deadline, clock):
    return select.select(socks, [], [], deadline)[0]
