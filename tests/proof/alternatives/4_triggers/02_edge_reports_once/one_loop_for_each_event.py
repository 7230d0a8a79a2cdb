"""Takes the report and follows it to its end, event by event."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator

REPORTS: list[int] | None = [1, 0, 0, 0]


def _queue(listener: socket.socket) -> Iterator[socket.socket]:
    while True:
        try:
            yield listener.accept()[0]
        except BlockingIOError:
            return


def accept_on_edge(epoll: select.epoll, listener: socket.socket) -> list[socket.socket]:
    accepted: list[socket.socket] = []
    for fd, mask in epoll.poll():
        if fd == listener.fileno() and mask & select.EPOLLIN:
            try:
                for conn in _queue(listener):
                    accepted.append(conn)
            except OSError:
                for conn in accepted:
                    conn.close()
                raise
    return accepted
