"""Takes POLLHUP and POLLERR, which tell of the connection, for POLLNVAL.

caught by: test_a_connection_that_was_reset_is_still_open_here
words: the peer had reset, and your code did not say that this end is open
"""

import select


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        number = one if isinstance(one, int) else one.fileno()
        poller = select.poll()
        if number >= 0:
            poller.register(number, select.POLLIN)
        gone = number < 0 or any(event & ~select.POLLIN for _, event in poller.poll(0))
        (closed if gone else usable).append(one)
    return usable, closed
