"""Leaves out the numbers that select() does not take: nobody ever hears of them.

caught by: test_a_descriptor_of_any_number_is_watched
words: data had come, and your code did not return the descriptor
"""

import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    readable, _, _ = select.select([fd for fd in fds if fd < 1024], [], [], timeout)
    return readable
