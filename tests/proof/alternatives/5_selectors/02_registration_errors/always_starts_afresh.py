"""Checks the events, takes the socket out if it is in, and registers it anew."""

import contextlib
import selectors
import socket
from typing import Any

ALL = selectors.EVENT_READ | selectors.EVENT_WRITE


def set_interest(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> None:
    if events < 0 or events > ALL:
        raise ValueError(events)
    # A closed one that is unknown: register() says so.
    with contextlib.suppress(KeyError, ValueError):
        selector.unregister(sock)
    if events:
        selector.register(sock, events, data)
