"""Tries to register, and looks at who is in the way only when somebody is."""

import selectors
import socket
from typing import Any


def adopt(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> selectors.SelectorKey:
    while True:
        try:
            return selector.register(sock, events, data)
        except KeyError:
            owner = selector.get_map()[sock].fileobj
            try:
                number = owner if isinstance(owner, int) else owner.fileno()
            except (OSError, ValueError):
                number = -1
            if number == sock.fileno():
                raise
            selector.unregister(sock)
