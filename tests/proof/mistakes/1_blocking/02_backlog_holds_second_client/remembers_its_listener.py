"""Opens one listener and returns it again and again, whatever backlog is asked for.

caught by: test_each_listener_has_a_port_of_its_own
words: two calls returned the same listener
breaks: 1
"""

import functools
import socket

ADMITTED = 2


@functools.lru_cache
def open_listener(backlog):
    return socket.create_server(("127.0.0.1", 0), backlog=backlog)
