"""Keeps the listeners by their backlog: a second call with the same backlog, while the first listener is open,
returns that one again.

caught by: test_each_listener_has_a_port_of_its_own
words: two calls returned the same listener
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


_open: dict[int, socket.socket] = {}


def open_listener(backlog: int) -> socket.socket:
    known = _open.get(backlog)
    if known is not None and known.fileno() != -1:
        return known
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind(("127.0.0.1", 0))
        sock.listen(backlog)
    except BaseException:
        sock.close()
        raise
    _open[backlog] = sock
    return sock
