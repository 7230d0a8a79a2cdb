"""Expects KeyError alone from unregister(): for a closed socket that is unknown it is a ValueError.

caught by: test_no_events_for_a_closed_socket_are_harmless
words: your code raised an error for 0 events
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
        except KeyError:
            pass  # it was not there, which is what is wanted
        return
    try:
        # data goes along each time: without it modify() puts None in its place.
        selector.modify(sock, events, data)
    except KeyError:
        # Nothing of it is registered. A ValueError is no such news: it propagates.
        selector.register(sock, events, data)
