"""Lets a generator do the accepting."""

import socket
from collections.abc import Iterator


def _waiting(listener: socket.socket) -> Iterator[socket.socket]:
    while True:
        try:
            yield listener.accept()[0]
        except BlockingIOError:
            return


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    accepted: list[socket.socket] = []
    try:
        accepted.extend(_waiting(listener))
    except BaseException:
        while accepted:
            accepted.pop().close()
        raise
    return accepted
