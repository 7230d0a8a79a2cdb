"""An ExitStack that holds the accepted connections, and lets go of them only when the queue is empty."""

import contextlib
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    with contextlib.ExitStack() as stack:
        connections: list[socket.socket] = []
        with contextlib.suppress(BlockingIOError):
            while True:
                connection = stack.enter_context(listener.accept()[0])
                connections.append(connection)
        stack.pop_all()
        return connections
