"""Unusual: iter() with a sentinel, and a list that is its own context manager."""

import errno
import socket


class AllOrNothing(list):
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            for conn in self:
                socket.close(conn.detach())


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    def accept_or_none() -> socket.socket | None:
        try:
            return listener.accept()[0]
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK):
                raise
            return None

    with AllOrNothing() as connections:
        for conn in iter(accept_or_none, None):
            connections.append(conn)
    return list(connections)
