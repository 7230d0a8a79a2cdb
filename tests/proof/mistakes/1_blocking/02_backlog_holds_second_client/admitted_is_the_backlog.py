"""Takes the backlog itself for the number of connections that fit: ADMITTED is 1.

caught by: test_how_many_of_five_are_let_in_was_predicted
words: your prediction was wrong: the kernel completed another number of connections
"""

import socket

ADMITTED: int | None = 1  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind(("127.0.0.1", 0))
        sock.listen(backlog)
    except BaseException:
        sock.close()
        raise
    return sock
