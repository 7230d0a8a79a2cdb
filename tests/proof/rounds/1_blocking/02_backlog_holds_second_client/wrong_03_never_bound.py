"""It calls listen() without bind(), so the kernel chooses a port, but on all addresses.

caught by: test_only_this_machine_can_reach_it
words: Your listener was bound to another interface than the loopback
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener
