"""2.1 accept would block

accept() on a non-blocking listener never waits: it returns a connection that
is already in the queue, or fails at once. EAGAIN means that the queue is empty;
every other errno is a real error.

Write accept_pending(listener), for a non-blocking listener:
1. Accept every connection in the queue, however many there are.
2. Return them in the order in which they arrived, none of them twice.
3. Return [] if the queue is empty.
4. Never wait. Leave the listener open and non-blocking.
5. Let every other error propagate.
6. Before it propagates, close all connections accepted by this call, including
   those that their clients have reset.

Open: ValueError instead of OSError, if the listener is closed.

Document: program 2 treats every error of accept() alike.
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    """Accept every connection that waits on a non-blocking listener, in order.

    Returns the connected sockets; the caller closes them. Raises OSError for
    any failure other than an empty queue, and then leaves no socket open.
    """
    raise NotImplementedError
