"""A generator that yields connections until EAGAIN, and a collector that closes them after any exception whatever."""

import errno
import socket
from collections.abc import Iterator


def arrivals(listener: socket.socket) -> Iterator[socket.socket]:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
                return
            raise
        yield connection


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections: list[socket.socket] = []
    try:
        connections.extend(arrivals(listener))
    except BaseException:
        for connection in connections:
            connection.close()
        raise
    return connections
