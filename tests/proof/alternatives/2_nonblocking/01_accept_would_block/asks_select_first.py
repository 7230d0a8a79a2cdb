"""Asks select before each accept, and still believes accept."""

import contextlib
import select
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    with contextlib.ExitStack() as stack:
        accepted: list[socket.socket] = []
        if listener.fileno() == -1:
            raise ValueError("the listener is closed")
        while True:
            ready, _, _ = select.select([listener.fileno()], [], [], 0)
            try:
                conn = listener.accept()[0]
            except BlockingIOError:
                stack.pop_all()
                return accepted
            accepted.append(stack.enter_context(conn))
            assert ready is not None
