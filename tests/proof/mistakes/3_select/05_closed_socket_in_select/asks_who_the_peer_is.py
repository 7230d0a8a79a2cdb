"""Asks for the peer's address: what has no peer counts as closed.

caught by: test_everything_that_is_open_is_usable
words: a socket need not have a peer
"""

import os


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        try:
            if isinstance(one, int):
                os.fstat(one)
            else:
                one.getpeername()
        except OSError:
            closed.append(one)
        else:
            usable.append(one)
    return usable, closed
