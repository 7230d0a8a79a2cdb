"""1.10 address in use

The side that closes a connection first keeps its address for a minute, in the
state TIME_WAIT; a connection that is still open keeps it as well. A restarted
server can get EADDRINUSE although nobody listens any more.

Write open_listener(address):
1. Return a listener on that IPv4 address only, ready for clients.
2. Let a server that uses this function restart on the same port at once, any
   number of times, even while its old connections exist.
3. Let accepted connections end in order, without a reset.
4. Raise EADDRINUSE at once if somebody is listening there, and do not disturb
   that listener.
5. Let every other OSError propagate.
6. Close the socket before an error propagates.

Open: a port above 65535.

Document: every program there binds port 6969, and none can restart at once.
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    """Open a listener on `address`; port 0 lets the kernel choose one.

    Returns the listening socket; the caller closes it. Raises OSError if the
    address cannot be had, with EADDRINUSE if somebody is listening on it.
    """
    raise NotImplementedError
