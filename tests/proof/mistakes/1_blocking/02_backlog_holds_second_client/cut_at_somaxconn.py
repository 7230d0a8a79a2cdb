"""A backlog above socket.SOMAXCONN is cut before the kernel sees it.

caught by: test_a_large_backlog_is_passed_on_as_it_is
words: your code passed the kernel another backlog than the caller's
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(min(backlog, socket.SOMAXCONN))
    except BaseException:
        listener.close()
        raise
    return listener
