"""Tries accept() before it waits, and once more afterwards."""

import contextlib
import selectors
import socket


def accept_ready(listener: socket.socket, timeout: float) -> socket.socket | None:
    before = listener.gettimeout()
    with contextlib.ExitStack() as stack:
        listener.setblocking(False)
        stack.callback(listener.settimeout, before)
        with contextlib.suppress(BlockingIOError):
            return listener.accept()[0]
        selector = stack.enter_context(selectors.DefaultSelector())
        selector.register(listener, selectors.EVENT_READ)
        if selector.select(timeout):
            with contextlib.suppress(BlockingIOError):
                return listener.accept()[0]
    return None
