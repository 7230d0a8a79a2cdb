"""Takes whatever is in the way out, and puts it back if it is live."""

import selectors
import socket
from typing import Any


def adopt(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> selectors.SelectorKey:
    try:
        old = selector.unregister(sock)
    except KeyError:
        return selector.register(sock, events, data)
    try:
        # An object that has this number is registered under it again; one that has none is refused.
        back = selector.register(old.fileobj, old.events, old.data)
    except (KeyError, ValueError, OSError):
        return selector.register(sock, events, data)
    if back.fd == sock.fileno():
        raise KeyError(f"{sock!r}: the number is taken")
    selector.unregister(back.fd)
    return selector.register(sock, events, data)
