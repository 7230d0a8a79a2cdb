"""It calls listen() after the try statement, so an error of listen() leaves the socket open.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: Whoever opens or starts something also closes or ends it, on every way out.
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
    except BaseException:
        listener.close()
        raise
    listener.listen(backlog)
    return listener
