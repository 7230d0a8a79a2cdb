"""Waits in a selector as long as the listener's timeout says, then accepts."""

import selectors
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    if listener.gettimeout() != 0.0:
        with selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            if not selector.select(listener.gettimeout()):
                raise TimeoutError("nobody has connected")
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
