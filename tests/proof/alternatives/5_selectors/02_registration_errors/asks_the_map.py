"""Looks into the map first, and then makes the one call that is due."""

import selectors
import socket
from typing import Any


def set_interest(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> None:
    if events not in (0, selectors.EVENT_READ, selectors.EVENT_WRITE, selectors.EVENT_READ | selectors.EVENT_WRITE):
        raise ValueError(f"no such events: {events}")
    if sock.fileno() == -1 and all(key.fileobj is not sock for key in selector.get_map().values()):
        if events:
            raise ValueError("the socket is closed")
        return
    known = sock in selector.get_map()
    if known and events:
        selector.modify(sock, events, data)
    elif known:
        selector.unregister(sock)
    elif events:
        selector.register(sock, events, data)
