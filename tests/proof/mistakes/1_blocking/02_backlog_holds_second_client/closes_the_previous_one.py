"""The listener of the previous call is remembered in the module and closed by the next call.

caught by: test_each_listener_has_a_port_of_its_own
words: your code closed a socket that is still needed, or returned one that i
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1

_previous = None


def open_listener(backlog: int) -> socket.socket:
    global _previous
    if _previous is not None:
        _previous.close()
        _previous = None
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    _previous = listener
    return listener
