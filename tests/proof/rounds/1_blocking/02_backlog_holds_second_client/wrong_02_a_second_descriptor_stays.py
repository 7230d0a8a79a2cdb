"""It returns a duplicate and forgets the first descriptor after detach(), so the port goes on listening.

caught by: test_it_returns_a_socket_that_listens
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    mine = listener.dup()
    listener.detach()  # or it would be closed with the object
    return mine
