"""5.2 registration errors

Who registers twice gets a KeyError, and so does who modifies or unregisters what is
not there. No events at all, and events that do not exist, are a ValueError – from
register(). What modify() makes of them is another matter for each class of selector;
one of them has dropped the registration by the time it complains.

Write set_interest(selector, sock, events, data). Afterwards the selector watches the
socket for these events and has this data with it, whatever was registered before:
nothing, the same, or something else. With 0 for the events it does not watch the
socket at all, and data does not matter. It may be called again and again, with the
same arguments too. Other sockets are not touched, and the socket stays open.

Events that are not 0, EVENT_READ, EVENT_WRITE or both raise ValueError, and then the
registration is as before. With events, a socket that is closed and was never
registered raises ValueError; with 0 it raises nothing. Sockets that were closed while
they were registered are the matter of 5.5 and 5.6.

It is the same on every class of selector.

Document: program 5, which registers and unregisters where all goes well.
"""

import selectors
import socket
from typing import Any


def set_interest(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> None:
    """Let the selector watch sock for events, with data; for nothing if events is 0.

    events is EVENT_READ, EVENT_WRITE, both, or 0. Raises ValueError for any
    other events, and for a closed socket that cannot be registered.
    """
    raise NotImplementedError
