"""Waits for five seconds at most, whatever the caller asked for.

caught by: test_nobody_in_time_is_none
words: your code gave up before the time was over: 5.5 s
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
    readable, _, _ = select.select([listener], [], [], min(timeout, 5))
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
