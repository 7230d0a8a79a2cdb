"""Unusual: an ExitStack owns the socket until everything has worked."""

import contextlib
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        listener.bind(address)
        listener.listen(socket.SOMAXCONN)
        stack.pop_all()
    return listener
