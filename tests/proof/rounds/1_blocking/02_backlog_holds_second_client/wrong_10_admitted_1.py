"""It takes the backlog for the number of connections that are completed, so ADMITTED is 1.

caught by: test_how_many_of_five_are_let_in_was_predicted
words: Your prediction was wrong: the kernel completed another number of connections
"""

import socket

ADMITTED: int | None = 1  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener
