"""Cuts a large backlog down to socket.SOMAXCONN before the kernel sees it.

caught by: test_a_large_backlog_is_passed_on_as_it_is
words: your code passed the kernel another backlog than the caller's
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind(("127.0.0.1", 0))
        sock.listen(min(backlog, socket.SOMAXCONN))
    except BaseException:
        sock.close()
        raise
    return sock
