"""Forgets bind(): listen() then takes a free port on all addresses.

caught by: test_only_this_machine_can_reach_it
words: your listener was bound to another interface than the loopback
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.listen(backlog)  # the kernel chooses a free port by itself
    except BaseException:
        listener.close()
        raise
    return listener
