"""Unusual: an ExitStack holds the connections and closes them after an error."""

import contextlib
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = []
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(BlockingIOError):
            while True:
                conn = stack.enter_context(listener.accept()[0])
                connections.append(conn)
        stack.pop_all()
    return connections
