"""5.6 stale key on fd reuse: look at who holds the number before you take it.

Python documentation, selectors, "BaseSelector.register": a file object shall be
unregistered prior to being closed. POSIX, "File Descriptor Allocation": the lowest
number that is not in use is given out, so a forgotten key meets its next owner soon.
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
    try:
        # By number: keys are kept under numbers, whoever has them.
        old = selector.get_key(sock.fileno())
    except KeyError:
        return selector.register(sock, events, data)
    if _has_its_number(old):
        raise KeyError(f"descriptor {old.fd} is registered, and in use: {old.fileobj!r}")
    # By number again: the old object may have another one now, which is not to be touched.
    # modify() would not do. It keeps the old object in the key, and EpollSelector does not even
    # ask the kernel when the events are the same: the kernel forgot the number at its close.
    selector.unregister(old.fd)
    return selector.register(sock, events, data)


def _has_its_number(key: selectors.SelectorKey) -> bool:
    """Tell whether the object of a key still has the number under which it is registered."""
    if isinstance(key.fileobj, int):
        return True
    try:
        # A closed socket says -1 here; an object that has connected anew says another number.
        return key.fileobj.fileno() == key.fd
    except (OSError, ValueError):
        return False  # a closed file does not answer at all
