"""5.6 stale key on fd reuse

A selector keeps its keys under descriptor numbers, and the kernel gives a new
connection the lowest number that is free. If a socket is closed and not unregistered,
a stale key stays behind: the next connection with that number finds it in its place,
with the object and the data of a connection that is gone.

Write adopt(selector, sock, events, data).
- Register sock and return its key.
- A stale key under the number of sock gives way: from then on select() reports sock,
  for its own events and with its own data.
- A key is stale when its object does not have the number any more: it was closed or
  detached, or has another number by now. Anything with a fileno() can be registered,
  and its fileno() may raise ValueError or OSError when it is closed.
- A live key does not give way: raise KeyError, and leave the key as it is. Its object
  is sock itself, another object with the same number, or the bare number, which is
  never stale.
- Leave other registrations as they are, and close nothing.

Document: not in it; program 5 unregisters each socket before it closes it.
"""

import selectors
import socket
from typing import Any


def adopt(selector: selectors.BaseSelector, sock: socket.socket, events: int, data: Any) -> selectors.SelectorKey:
    """Register a connection, in the place of a stale key if there is one under its number.

    events is EVENT_READ, EVENT_WRITE or both. Returns the new key. Raises KeyError if
    something that is still there is registered under the number of sock, and ValueError
    if sock is closed.
    """
    raise NotImplementedError
