"""4.2 edge reports once: the report says "something came"; only EAGAIN says "that was all".

epoll(7), "Level-triggered and edge-triggered": with EPOLLET use non-blocking
descriptors, and wait for the next event only after a call has failed with
EAGAIN. Until then there may be something left that nobody will be told of.
"""

from __future__ import annotations

import select
import socket

# Three arrivals before the first wait are one edge; after it nothing new has come.
REPORTS: list[int] | None = [1, 0, 0, 0]


def accept_on_edge(epoll: select.epoll, listener: socket.socket) -> list[socket.socket]:
    """Accept every connection in the queue of a listener that epoll watches with EPOLLIN | EPOLLET.

    Returns the connected sockets; the caller closes them. Raises OSError for
    any failure other than an empty queue, and then leaves no connection open.
    """
    # Once, before the first accept: a client that comes after it is accepted below, or is a new edge.
    epoll.poll()
    accepted: list[socket.socket] = []
    try:
        while True:
            # The number of events tells nothing: one edge may stand for any number of clients.
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        # The queue is empty. From here on an arrival is an edge again, and nobody is stranded.
        return accepted
    except OSError:
        # Nobody will get the list, so nobody else could close what is in it.
        for conn in accepted:
            conn.close()
        raise
