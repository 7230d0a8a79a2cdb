"""Keeps the connections open after an error, and returns them at the next call.

caught by: test_an_error_half_way_propagates_and_leaves_nothing_open
words: the second accept() failed, and your code left the first connection open
"""

import socket
import weakref

_kept = weakref.WeakKeyDictionary()  # so that no client is lost


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = _kept.pop(listener, [])
    while True:
        try:
            conn, _ = listener.accept()
        except BlockingIOError:
            return connections
        except BaseException:
            _kept[listener] = connections
            raise
        connections.append(conn)
