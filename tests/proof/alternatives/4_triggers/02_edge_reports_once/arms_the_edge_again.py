"""Accepts one and arms the registration again: modify reports what is still there."""

from __future__ import annotations

import select
import socket

REPORTS: list[int] | None = [1, 0, 0, 0]


def accept_on_edge(epoll: select.epoll, listener: socket.socket) -> list[socket.socket]:
    accepted: list[socket.socket] = []
    try:
        while epoll.poll(0):
            try:
                accepted.append(listener.accept()[0])
            except BlockingIOError:
                break
            epoll.modify(listener, select.EPOLLIN | select.EPOLLET)
    except OSError:
        while accepted:
            accepted.pop().close()
        raise
    return accepted
