"""Waits in a poll object, which counts milliseconds."""

import math
import select
import socket
from collections.abc import Callable


def wait_readable(
    socks: list[socket.socket], deadline: float | None, clock: Callable[[], float]
) -> list[socket.socket]:
    poll = select.poll()
    for sock in socks:
        poll.register(sock, select.POLLIN)
    # Rounded up: a wait that is cut to whole milliseconds ends before the deadline.
    limit = None if deadline is None else math.ceil(max(0.0, deadline - clock()) * 1000)
    ready = {number for number, _ in poll.poll(limit)}
    return [sock for sock in socks if sock.fileno() in ready]
