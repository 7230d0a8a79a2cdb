"""Raises a backlog of 0 to 1.

caught by: test_the_backlog_is_the_one_that_was_asked_for
words: your code passed the kernel another backlog than the caller's
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(max(backlog, 1))  # a queue must hold someone
    except BaseException:
        listener.close()
        raise
    return listener
