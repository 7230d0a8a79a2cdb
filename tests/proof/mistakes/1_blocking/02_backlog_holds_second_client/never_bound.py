"""Leaves out bind(), because listen() takes a free port by itself; that listener stands on 0.0.0.0.

caught by: test_only_this_machine_can_reach_it
words: your listener was bound to another interface than the loopback
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.listen(backlog)
    except BaseException:
        sock.close()
        raise
    return sock
