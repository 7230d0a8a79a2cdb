"""2.1 accept would block

A non-blocking listener never makes its caller wait: accept() returns a
connection that is there already, or fails at once.

Write accept_pending(listener). It returns the connections that wait in the
accept queue of a non-blocking listener, all of them, in the order in which
they arrived; an empty list when there is none. It never sleeps. An error that
is not "nobody is there" propagates to the caller, and the connections accepted
before it are closed then, those that their clients have reset among them.

Document: program 2 makes its listener non-blocking and then treats whatever
accept() raises alike.
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    """Accept every connection that waits on a non-blocking listener, in order.

    Returns the connected sockets; the caller closes them. Raises OSError for
    any failure other than an empty queue, and then leaves no socket open.
    """
    raise NotImplementedError
