"""It passes 1 to the kernel if the backlog is 0.

caught by: test_the_backlog_is_the_one_that_was_asked_for
words: Your code passed the kernel another backlog than the caller's
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(max(backlog, 1))
    except BaseException:
        listener.close()
        raise
    return listener
