"""Returns the earlier listener again, if one with this backlog is still open.

caught by: test_each_listener_has_a_port_of_its_own
words: two calls returned the same listener
"""

import socket
import weakref

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1

_listeners = weakref.WeakValueDictionary()


def open_listener(backlog: int) -> socket.socket:
    known = _listeners.get(backlog)
    if known is not None and known.fileno() != -1:
        return known
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    _listeners[backlog] = listener
    return listener
