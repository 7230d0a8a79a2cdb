"""Looks at fileno() of the sockets and believes every number.

caught by: test_a_number_that_nobody_has_is_closed
words: the number was closed, and your code did not say so: select() would raise EBADF
"""


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        number = one if isinstance(one, int) else one.fileno()
        (closed if number == -1 else usable).append(one)
    return usable, closed
