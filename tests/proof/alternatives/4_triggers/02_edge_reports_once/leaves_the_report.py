"""Leaves the report where it is, and lets select say whether somebody is left."""

from __future__ import annotations

import contextlib
import select
import socket

REPORTS: list[int] | None = [1, 0, 0, 0]


def accept_on_edge(epoll: select.epoll, listener: socket.socket) -> list[socket.socket]:
    with contextlib.ExitStack() as stack:
        accepted: list[socket.socket] = []
        while select.select([listener], [], [], 0)[0]:
            try:
                conn, _ = listener.accept()
            except BlockingIOError:
                break
            accepted.append(stack.enter_context(conn))
        stack.pop_all()
        return accepted
