"""Looks first, and then sleeps for a minute at most, until something is readable or the time is over."""

import select
import socket
from collections.abc import Callable


def wait_readable(
    socks: list[socket.socket], deadline: float | None, clock: Callable[[], float]
) -> list[socket.socket]:
    limit = 0.0
    while True:
        readable = select.select(socks, [], [], limit)[0]
        left = 60.0 if deadline is None else deadline - clock()
        if readable or left <= 0:
            return list(readable)
        limit = min(left, 60.0)
