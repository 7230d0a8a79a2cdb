"""1.2 backlog holds second client: the kernel accepts for you, up to a number that you choose.

listen(2), NOTES: the backlog is the length of the queue of completed connections
that wait for accept(), capped by net.core.somaxconn. A connect() returns when the
kernel has completed the connection, whatever the server is doing just then.
"""

import socket

# The queue counts as full when it holds *more* than the backlog, so Linux lets in
# backlog + 1. The SYNs of the other three are dropped; their clients try again later.
ADMITTED: int | None = 2


def open_listener(backlog: int) -> socket.socket:
    """Open a TCP listener on 127.0.0.1, on a free port, with this backlog.

    `backlog` is 0 or more, the number that the kernel is given. Returns the
    listening socket; the caller closes it. Raises OSError if a step fails, and
    then leaves no socket open.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A name first, then the queue: listen() on a socket without a name would choose one
        # by itself, on every interface. Port 0 leaves the choice of a free port to the kernel.
        listener.bind(("127.0.0.1", 0))
        # Without a number Python passes a default of its own (128 at most).
        listener.listen(backlog)
    except BaseException:
        # The caller gets no socket, so nobody else could close this one.
        listener.close()
        raise
    return listener
