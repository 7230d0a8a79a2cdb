"""2.4 accepted socket blocking mode

On Linux a socket that accept() returns starts in blocking mode, whatever the
mode of its listener; elsewhere it may start in the listener's. Python alters
that only where a default timeout is set for the whole process.

Write accept_nonblocking(listener). It accepts one connection and returns it,
with the address of the other end. The connection is non-blocking, and both
Python and the kernel know it, whatever the listener's mode and whatever the
default timeout.

How long accept() may wait is the listener's matter: a blocking one waits, one
with a timeout waits so long, a non-blocking one fails at once, and the errors
propagate. The listener and the default timeout stay as they are, all the time.

Document: program 2, which makes its listener non-blocking and then reads from
each connection; the remark beneath it tells of systems that hand the mode on.
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    """Accept one connection and make it non-blocking.

    Returns the connection, which the caller closes, and the address of the
    other end as accept() gives it. Raises what accept() raises: OSError, among
    them BlockingIOError and TimeoutError, as the listener's mode has it.
    """
    raise NotImplementedError
