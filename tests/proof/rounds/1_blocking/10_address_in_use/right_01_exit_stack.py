"""A right answer in which an ExitStack closes the socket unless the end is reached."""

import contextlib
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_INET))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        listener.bind(address)
        listener.listen(100)
        stack.pop_all()
        return listener
