"""It keeps the listener of each backlog in a cache, and the second call with that number returns the same socket.

caught by: test_each_listener_has_a_port_of_its_own
words: two calls returned the same listener
"""

import functools
import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


@functools.cache
def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener
