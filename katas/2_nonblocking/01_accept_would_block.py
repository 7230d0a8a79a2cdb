"""2.1 accept would block

accept() on a non-blocking listener never waits: it returns a connection that
is already in the queue, or fails at once. EAGAIN means that the queue is empty;
every other errno is a real error.

Write accept_pending(listener), for a non-blocking listener:
1. Accept every connection in the queue, however many.
2. Return them in the order of their arrival, none twice.
3. Return [] if the queue is empty.
4. Never wait. Leave the listener open and non-blocking.
5. Let every error but EAGAIN propagate.
6. Before an error propagates, close every connection of this call, even if its
   client has reset it.

Open: ValueError instead of OSError, if the listener is closed; EMFILE instead
of [], if no descriptor is free; the mode of the connections.

Document: program 2 treats every error of accept() alike.
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    """Accept every connection that waits on a non-blocking listener, in order.

    Returns the connected sockets; the caller closes them. Raises OSError for
    any failure other than an empty queue, and then leaves no socket open.
    """
    raise NotImplementedError
