"""2.4 accepted socket blocking mode

On Linux a socket from accept() starts in blocking mode, whatever the listener's
mode; elsewhere it may start in the listener's. Python changes it only if the
process has a default timeout.

Write accept_nonblocking(listener):
1. Accept one connection and leave all others in the queue. Return it and the
   client's address, even if the client has reset by then.
2. Make it non-blocking, in Python and in the kernel, whatever the listener's
   mode and the default timeout are.
3. Let the listener's mode decide how long to wait: without a limit, for its
   timeout, or not at all.
4. Let every error of accept() propagate at once.
5. Leave the listener's mode alone, even while you wait.
6. Leave the default timeout alone, even while you wait.

Document: program 2 makes only its listener non-blocking.
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    """Accept one connection and make it non-blocking.

    Returns the connection, which the caller closes, and the address of the
    other end as accept() gives it. Raises what accept() raises: OSError, among
    them BlockingIOError and TimeoutError, as the listener's mode has it.
    """
    raise NotImplementedError
