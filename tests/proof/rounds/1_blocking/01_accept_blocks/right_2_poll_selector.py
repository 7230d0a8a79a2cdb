"""Unusual: a non-blocking connection, and a selector that waits for room."""

import contextlib
import selectors
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    with contextlib.ExitStack() as stack:
        conn, address = listener.accept()
        stack.enter_context(conn)
        conn.setblocking(False)
        selector = stack.enter_context(selectors.PollSelector())
        selector.register(conn, selectors.EVENT_WRITE)
        rest = memoryview(greeting)
        while rest:
            selector.select()
            try:
                rest = rest[conn.send(rest) :]
            except BlockingIOError:
                continue
    return address
