"""1.2 backlog holds second client

The kernel completes connections, and takes what the clients send, without any
accept(). Until somebody accepts them they stand in the listener's queue; the
backlog says how long that queue may be.

Write open_listener(backlog). It returns a listener on 127.0.0.1, on a port that
the kernel has chosen: nobody else picks a number. The kernel gets exactly this
backlog, and cuts it itself where it is too large. If any of the steps fails,
the kernel's OSError propagates and no socket stays open. What becomes of a
backlog beyond a C int is open.

And predict, before you run anything: five clients connect, one after the other,
to a listener with backlog 1, and nobody calls accept(). How many of the five
connections does Linux complete? Write the number into ADMITTED; the test
counts.

Document: program 1, its listen() and its two loops, one inside the other: while
the first client is served, the second is connected and gets no answer. How many
fit into the queue is not in it.
"""

import socket

ADMITTED: int | None = None  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    """Open a TCP listener on 127.0.0.1, on a free port, with this backlog.

    `backlog` is 0 or more, the number that the kernel is given. Returns the
    listening socket; the caller closes it. Raises OSError if a step fails, and
    then leaves no socket open.
    """
    raise NotImplementedError
