"""4.2 edge reports once

With EPOLLET an epoll object reports that something has arrived, not that something
is there. Clients that wait in the queue are not reported again, and several arrivals
may be one report.

The program below is wrong in several ways. Fix accept_on_edge(epoll, listener), which
is called when clients have come.
- The listener is non-blocking. The epoll object watches it, edge-triggered, and
  nothing else. Nobody has taken the report from it yet; you may take it, or leave it.
- Return every connection in the accept queue, in the order of arrival, all open.
- Let an error propagate unless it means that nobody is there, and close the
  connections accepted before it.
- Leave the listener, and what the epoll object watches, as they were.

And predict, before you run anything: three clients have connected and nobody
accepts. Then the epoll object is asked four times in a row, with a timeout of 0. How
many events does each of the four answers hold? Write the list into REPORTS; the test
counts.

Document: the prose on multiplexing names the edge trigger; no program uses it.
"""

from __future__ import annotations

import select
import socket

REPORTS: list[int] | None = None  # events in each of four answers, three clients in the queue


def accept_on_edge(epoll: select.epoll, listener: socket.socket) -> list[socket.socket]:
    """Accept every connection in the queue of a listener that epoll watches with EPOLLIN | EPOLLET.

    Returns the connected sockets; the caller closes them. Raises OSError for
    any failure other than an empty queue, and then leaves no connection open.
    """
    listener.setblocking(True)
    accepted = []
    try:
        for fd, _ in epoll.poll(0):
            if fd == listener.fileno():
                accepted.append(listener.accept()[0])
    except OSError:
        pass
    return accepted
