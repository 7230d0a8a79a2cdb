"""3.5 closed socket in select: ask for each descriptor whether it is open, before select() has to.

select(2): EBADF if one of the sets has a descriptor that is not open, and the
call says nothing of which one, or of the others. Python's select() refuses a
closed socket, whose number is -1, with ValueError even before that.
"""

import fcntl
import socket

Watched = socket.socket | int  # what select() takes: a socket, or the number of a descriptor


def split_closed(socks: list[Watched]) -> tuple[list[Watched], list[Watched]]:
    """Tell what can still be watched from what is closed.

    Returns the open ones and the closed ones, both in the order of `socks`.
    Raises nothing for a closed one, be it a socket or a number.
    """
    usable: list[Watched] = []
    closed: list[Watched] = []
    for one in socks:
        # One at a time: one bad descriptor would fail a call for all of them.
        (usable if is_open(one) else closed).append(one)
    return usable, closed


def is_open(one: Watched) -> bool:
    """Whether a descriptor is open under this number just now."""
    try:
        # F_GETFD looks into this process's table of descriptors and nowhere else: it takes any
        # number and any kind of descriptor, reads nothing, and what the peer did is no matter.
        fcntl.fcntl(one, fcntl.F_GETFD)
    except (OSError, ValueError):
        # OSError: EBADF, the only error of F_GETFD. ValueError: Python's own, for a number below 0.
        return False
    # If the number was closed and given out again, this is True, and rightly: a number does not
    # tell what it stood for before. A socket object does: keep objects, take them off on close.
    return True
