"""Closes whatever was opened unless every step went well; asks the resolver for the address."""

import contextlib
import socket

ADMITTED: int | None = 2


def open_listener(backlog: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo("127.0.0.1", 0, type=socket.SOCK_STREAM)[0]
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket(family, kind, protocol))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Calling listen() again only sets the backlog anew.
        listener.listen(0)
        listener.listen(backlog)
        listener.setblocking(True)
        stack.pop_all()
        return listener
