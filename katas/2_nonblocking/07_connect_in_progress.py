"""2.7 connect in progress

Connecting takes a round trip. A non-blocking connect only sets it going and
says EINPROGRESS; whether it came to anything is known later, and has to be
asked for.

Write two functions. start_connect(address) sets a TCP connection going and
returns the socket at once. finish_connect(sock, timeout) waits, asleep in the
kernel, until the connection is decided, and not longer than `timeout` seconds;
it returns 0 if it stands, the errno if it failed, ETIMEDOUT if it is not
decided yet. With a timeout of 0 it looks once.

An error that is known at once may be raised by start_connect, which then leaves
nothing open, or be reported by finish_connect. finish_connect reads nothing
from the connection, does not change the socket's mode and does not close it:
the socket is the caller's. Once it has told how the connection was decided it
is not called again for that socket.

Document: not in it; the client of program 2 waits in connect().
"""

import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    """Set a TCP connection to an IPv4 address and port going, without waiting for it.

    Returns the socket, which the caller closes. May raise OSError for an
    error that is known at once.
    """
    raise NotImplementedError


def finish_connect(sock: socket.socket, timeout: float) -> int:
    """Wait at most `timeout` seconds until a connection of start_connect() is decided.

    Returns 0 if it is established, the errno with which it failed, or
    errno.ETIMEDOUT if it is still under way.
    """
    raise NotImplementedError
