"""A right answer that builds the listener in a with block and hands its descriptor over to a new object."""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as builder:
        builder.bind(("127.0.0.1", 0))
        builder.listen(backlog)
        # After detach() the with block has nothing left to close.
        return socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, builder.detach())
