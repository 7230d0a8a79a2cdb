"""Registers listener.close with atexit, which keeps a dropped listener open.

stays green: the brief asks for no other descriptor, and a reference is none
"""

import atexit
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
    atexit.register(listener.close)  # in case the caller forgets
    return listener
