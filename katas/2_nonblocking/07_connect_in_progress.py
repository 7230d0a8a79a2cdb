"""2.7 connect in progress

Connecting takes a round trip. A non-blocking connect() only starts it and fails
with EINPROGRESS. The result comes later: ask for it.

Write start_connect(address) and finish_connect(sock, timeout):
1. start_connect(): start a TCP connection and return its socket at once,
   whatever the default timeout is.
2. Raise an error that is known at once and leave nothing open, or return it
   from finish_connect().
3. finish_connect(): sleep in the kernel until the connection is decided or
   `timeout` seconds are over. If that is 0, look once.
4. Return 0 if it is established, even if the peer has ended already; the errno
   if it failed; ETIMEDOUT while it is undecided, at every call.
5. Leave the caller's sockets open, in their mode, with their input unread.

Open: finish_connect() once more after the decision, or after a reset.
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
