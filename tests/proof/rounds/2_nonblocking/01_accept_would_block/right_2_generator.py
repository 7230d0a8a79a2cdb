"""Unusual: a generator yields the connections and closes them after an error."""

import socket
from collections.abc import Iterator


def _arrivals(listener: socket.socket) -> Iterator[socket.socket]:
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
            yield accepted[-1]
    except BlockingIOError:
        accepted.clear()  # the caller has them all
    finally:
        while accepted:
            accepted.pop().close()


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    return [*_arrivals(listener)]
