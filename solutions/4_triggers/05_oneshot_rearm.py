"""4.5 oneshot rearm: the thread that was told owns the socket until it arms it again.

epoll_ctl(2), EPOLLONESHOT: after one event the entry is disabled but stays in
the interest list; EPOLL_CTL_MOD with a new mask enables it. Arming looks at the
socket as it is at that moment, so nothing that came meanwhile is lost.
"""

import select
import socket

ARMED = select.EPOLLIN | select.EPOLLONESHOT


def handle(epoll: "select.epoll", sock: socket.socket) -> bytes:
    """Read from a one-shot socket that `epoll` has just reported, and arm it again.

    Returns the bytes that were read: all that have come, or at least the first
    1024 of them; b"" at the end of the stream. Raises OSError if the connection
    has failed.
    """
    # One piece is enough: what is left in the socket is reported as soon as it is armed.
    data = sock.recv(65536)
    if data:
        # After the read and not before: from here on another thread may have the socket.
        # The mask is given whole: modify() replaces it, and without EPOLLONESHOT the
        # next report would go to every thread that asks.
        epoll.modify(sock, ARMED)
    # At the end it stays disarmed, so that the caller can close it while nobody else has it.
    return data
