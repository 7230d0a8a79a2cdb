"""It cuts a backlog above 128 itself, the limit that old kernels had, instead of leaving that to the kernel.

caught by: test_a_large_backlog_is_passed_on_as_it_is
words: Your code passed the kernel another backlog than the caller's
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(min(backlog, 128))
    except BaseException:
        listener.close()
        raise
    return listener
