"""From the second call on, asks for the port after the last one.

caught by: test_the_kernel_chooses_the_port
words: your code chose the port itself
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1

_last_port = -1


def open_listener(backlog: int) -> socket.socket:
    global _last_port
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        try:
            listener.bind(("127.0.0.1", _last_port + 1))
        except (OSError, OverflowError):
            listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
        _last_port = listener.getsockname()[1]
    except BaseException:
        listener.close()
        raise
    return listener
