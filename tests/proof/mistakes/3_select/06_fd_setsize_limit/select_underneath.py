"""Hands everything to select().

caught by: test_a_descriptor_of_any_number_is_watched
words: ValueError: filedescriptor out of range in select()
"""

import select

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    readable, _, _ = select.select(fds, [], [], timeout)
    return readable
