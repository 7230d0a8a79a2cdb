"""Backlog 0 counts as "not given", and listen() takes its default instead.

caught by: test_the_backlog_is_the_one_that_was_asked_for
words: your code passed the kernel another backlog than the caller's
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind(("127.0.0.1", 0))
        if backlog:
            sock.listen(backlog)
        else:
            sock.listen()
    except BaseException:
        sock.close()
        raise
    return sock
