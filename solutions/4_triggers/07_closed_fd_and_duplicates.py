"""4.7 closed fd and duplicates: first out of the interest list, then closed.

epoll(7), "Questions and answers": closing a descriptor removes it from the
interest lists only when it is the last one for its open file description.
"""

import contextlib
import select
import socket


def forget(epoll: "select.epoll", sock: socket.socket) -> None:
    """Take `sock` out of `epoll`'s interest list, if it is there, and close it.

    Does nothing if `sock` is closed already. `sock` is closed on every way out.
    """
    if sock.fileno() == -1:
        # A closed socket has no number by which anything could be found. Whoever
        # remembers its former number may hit the next socket that was given it.
        return
    # `with sock` closes on every way out. It does so after unregister(): the entry is
    # found by a number that must still lead to the connection.
    # FileNotFoundError is ENOENT, "not registered". Nothing else is expected here.
    with sock, contextlib.suppress(FileNotFoundError):
        epoll.unregister(sock)
    # No shutdown(): it would end the connection for the duplicates as well.
