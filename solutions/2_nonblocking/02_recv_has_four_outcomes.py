"""2.2 recv has four outcomes: data, not yet, the end, and trouble, each told in its own way.

recv(2): no message on a non-blocking socket is EAGAIN, which Python raises as
BlockingIOError; a return value of 0 is the peer's orderly end; any other errno
is an error of the connection or of the call.
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    """Read from a non-blocking socket, at most n bytes (n is 1 or more).

    Returns what has come, None if nothing has come yet, b"" at the end of the
    stream. Raises OSError for anything else that recv() reports.
    """
    try:
        # Data and the end are both return values, and go out as they are: b"" is an answer, not a lack of one.
        return sock.recv(n)
    except BlockingIOError:
        # The one exception that means "ask again later". Its relatives under OSError will not get better by asking.
        return None
