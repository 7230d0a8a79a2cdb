"""1.10 address in use

The side that closes a connection first keeps its address for a while, in the
state TIME_WAIT, and so does a connection that is still open. For a server that
is started again this can mean EADDRINUSE, although nobody listens any more.

Write open_listener(address). It returns a listener on that IPv4 address, ready
for clients. A server whose listeners all come from this function can be
started again at once on the same port, whatever old connections of its own
there are, as often as it likes.

An address on which somebody is listening now is taken: EADDRINUSE propagates
at once. So does every other OSError, and nothing stays open.

Document: not in it; every program there binds port 6969 and nothing more, and
none can be started again at once after a client was connected.
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    """Open a listener on `address`; port 0 lets the kernel choose one.

    Returns the listening socket; the caller closes it. Raises OSError if the
    address cannot be had, with EADDRINUSE if somebody is listening on it.
    """
    raise NotImplementedError
