"""4.6 hangup masks: one bit for each kind of end, looked at from the worst to the mildest.

epoll_ctl(2): EPOLLERR and EPOLLHUP are reported to everybody and need not be
asked for; EPOLLRDHUP, the peer's end of its direction, has to be.
"""

import select

# What a reset sets and nobody has to ask for. EPOLLIN, EPOLLOUT and EPOLLRDHUP are
# set as well, and reported to those who asked.
REPORTED_UNASKED: int | None = select.EPOLLERR | select.EPOLLHUP


def state_of(mask: int) -> str:
    """What an event mask, as epoll reports it, tells about the ends of a connection.

    `mask` is any combination of select.EPOLL… bits. Returns "error", "closed",
    "half-closed" or "open".
    """
    # A worse end has the bits of the milder ones set too: a reset has all three, and the
    # end of both directions is the end of the peer's. So the order is the answer, and
    # each bit is looked at alone: no mask is ever compared as a whole.
    if mask & select.EPOLLERR:
        return "error"
    if mask & select.EPOLLHUP:
        return "closed"
    if mask & select.EPOLLRDHUP:
        return "half-closed"
    # EPOLLIN is no sign of life and none of an end: the end is readable, as data is.
    return "open"
