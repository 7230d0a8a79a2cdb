"""Lets socket.create_server take the three steps."""

import socket

ADMITTED: int | None = 2


def open_listener(backlog: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", 0), backlog=backlog)
