"""2.1 accept would block: take what is in the queue, and tell "empty" from "broken".

accept(2): on a non-blocking socket with an empty queue the call fails with
EAGAIN, which Python raises as BlockingIOError. Every other errno is news.
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    """Accept every connection that waits on a non-blocking listener, in order.

    Returns the connected sockets; the caller closes them. Raises OSError for
    any failure other than an empty queue, and then leaves no socket open.
    """
    accepted: list[socket.socket] = []
    try:
        while True:
            # Nothing tells how many wait: only the failing call says "that was all".
            conn, _ = listener.accept()
            accepted.append(conn)
    except BlockingIOError:
        return accepted
    except OSError:
        # Nobody will get the list, so nobody else could close what is in it.
        for conn in accepted:
            conn.close()
        raise
