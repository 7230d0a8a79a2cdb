"""5.2 registration errors: know which of three calls is due, and check the events first.

Python documentation, selectors, "BaseSelector.register" and "modify": ValueError for
invalid events, KeyError for what is registered already, or not at all. modify() "is
equivalent to unregister() followed by register()", only faster in some classes: when
the second half fails, the first may have been done.
"""

import selectors
import socket
from typing import Any


def set_interest(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> None:
    """Let the selector watch sock for events, with data; for nothing if events is 0.

    events is EVENT_READ, EVENT_WRITE, both, or 0. Raises ValueError for any
    other events, and for a closed socket that cannot be registered.
    """
    # Before anything is changed: modify() accepts wrong events in some classes, and in
    # SelectSelector it refuses them when the registration is gone already.
    if events & ~(selectors.EVENT_READ | selectors.EVENT_WRITE):
        raise ValueError(f"invalid events: {events!r}")
    if not events:
        # No class can register "nothing", so the socket has to leave the selector.
        try:
            selector.unregister(sock)
        except (KeyError, ValueError):
            pass  # it was not there, which is what is wanted: KeyError if it is open, ValueError if it is closed
        return
    try:
        # data goes along each time: without it modify() puts None in its place.
        selector.modify(sock, events, data)
    except KeyError:
        # Nothing of it is registered. A ValueError is no such news: it propagates.
        selector.register(sock, events, data)
