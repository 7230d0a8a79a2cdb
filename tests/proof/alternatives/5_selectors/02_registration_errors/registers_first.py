"""Tries to register, and modifies what turns out to be there."""

import selectors
import socket
from typing import Any

ALL = selectors.EVENT_READ | selectors.EVENT_WRITE


def set_interest(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> None:
    if events | ALL != ALL:
        raise ValueError(f"only READ and WRITE are events, not {events}")
    try:
        selector.register(sock, events or ALL, data)
    except KeyError:
        if events:
            selector.modify(sock, events, data)
            return
    if not events:
        selector.unregister(sock)
