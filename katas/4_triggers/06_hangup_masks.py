"""4.6 hangup masks

A connection ends in one direction, in both, or it breaks. The mask that epoll reports
tells which. Some of its bits are always reported, others only if you ask for them.

Predict first: a connection is registered with the interest 0, which asks for
nothing, and the peer resets it. REPORTED_UNASKED is the mask that epoll then
reports; 0 would mean that it reports nothing.

Then write state_of(mask). It returns what a mask tells about a connection, whatever
other bits are set in it. The first that fits counts:

    "error"        something is wrong with the socket
    "closed"       nothing goes in either direction
    "half-closed"  nothing more will come in than what is here already
    "open"         the mask tells of no end

Document: program 5 takes an exception for the end, and never looks at the mask that
it is given.
"""

REPORTED_UNASKED: int | None = None  # bits of select.EPOLL… joined with |


def state_of(mask: int) -> str:
    """What an event mask, as epoll reports it, tells about the ends of a connection.

    `mask` is any combination of select.EPOLL… bits. Returns "error", "closed",
    "half-closed" or "open".
    """
    raise NotImplementedError
