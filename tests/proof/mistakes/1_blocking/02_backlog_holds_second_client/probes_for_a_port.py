"""A first socket asks the kernel for a free port and is closed; the listener then demands that number itself.

caught by: test_the_kernel_chooses_the_port
words: your code chose the port itself
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_listener(backlog: int) -> socket.socket:
    port = _free_port()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener
