"""Tries to register, and modifies what turns out to be there."""

import contextlib
import selectors
import socket
from typing import Any

ALL = selectors.EVENT_READ | selectors.EVENT_WRITE


def set_interest(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> None:
    if events | ALL != ALL:
        raise ValueError(f"only READ and WRITE are events, not {events}")
    if not events:
        with contextlib.suppress(KeyError, ValueError):
            selector.unregister(sock)
        return
    try:
        selector.register(sock, events, data)
    except KeyError:
        selector.modify(sock, events, data)
