"""5.2 registration errors

Registering a socket twice raises KeyError; so does modifying or unregistering one that
is not registered. No events at all, and events that do not exist, raise ValueError in
register(). In modify() it depends on the class of the selector; one of them has dropped
the registration by the time it raises.

Write set_interest(selector, sock, events, data).
- Afterwards the selector watches the socket for these events and holds this data,
  whatever was registered before: nothing, the same, or something else.
- With 0 for the events it does not watch the socket at all, and data does not matter.
- It may be called again and again, with the same arguments too.
- Leave other sockets alone, and leave the socket open.
- For events that are not 0, EVENT_READ, EVENT_WRITE or both, raise ValueError, and
  leave the registration as it was.
- If a socket is closed and was never registered, raise ValueError with events, and
  nothing with 0. A socket that was closed while registered is a matter of 5.5 and 5.6.
- It is the same on every class of selector.

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
