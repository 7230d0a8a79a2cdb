"""3.2 readable listener: believe select() about the past, and accept() about the present.

accept(2), NOTES: after a readiness event accept() may still block, because the
connection "might have been removed by an asynchronous network error or another
thread" in between; it names O_NONBLOCK as the cure. select(2), BUGS, says the same
of descriptors in general.
"""

import select
import socket


def accept_ready(listener: socket.socket, timeout: float) -> socket.socket | None:
    """Accept one client, waiting no longer than `timeout` seconds for it.

    Returns the connection, which the caller closes; None if nobody came in time
    or the client was taken by others. Raises OSError or ValueError if the
    listener cannot accept.
    """
    # The whole time is spent here, so that nothing after this line may wait.
    readable, _, _ = select.select([listener], [], [], timeout)
    if not readable:
        return None
    before = listener.gettimeout()
    # Between the two calls somebody else may accept: a blocking accept() would sleep then.
    listener.setblocking(False)
    try:
        # The address comes with the connection. getpeername() would ask the kernel anew, and
        # fail with ENOTCONN for a client that has reset meanwhile.
        conn, _ = listener.accept()
    except BlockingIOError:
        # The queue is empty again. Any other error is about the listener, and propagates.
        return None
    finally:
        listener.settimeout(before)
    return conn
