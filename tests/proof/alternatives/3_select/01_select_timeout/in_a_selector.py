"""Waits in a selector, whose limit may be negative: that is a look without a wait."""

import selectors
import socket
from collections.abc import Callable


def wait_readable(
    socks: list[socket.socket], deadline: float | None, clock: Callable[[], float]
) -> list[socket.socket]:
    with selectors.DefaultSelector() as selector:
        for sock in socks:
            selector.register(sock, selectors.EVENT_READ, sock)
        limit = None if deadline is None else deadline - clock()
        return [key.data for key, _ in selector.select(limit)]
