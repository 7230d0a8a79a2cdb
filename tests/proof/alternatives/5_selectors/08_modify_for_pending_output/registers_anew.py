"""Takes the socket out and puts it back, with the new events."""

import selectors
import socket


def update_interest(selector: selectors.BaseSelector, sock: socket.socket, pending: bool) -> None:
    if sock.fileno() == -1:
        raise KeyError(sock)
    fileobj, _, _, data = selector.unregister(sock)
    events = selectors.EVENT_READ
    if pending:
        events |= selectors.EVENT_WRITE
    selector.register(fileobj, events, data)
