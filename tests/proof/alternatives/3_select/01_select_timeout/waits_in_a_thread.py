"""Lets a thread of its own wait, and waits for that one: a silence cannot pass at once there."""

import select
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def wait_readable(
    socks: list[socket.socket], deadline: float | None, clock: Callable[[], float]
) -> list[socket.socket]:
    limit = None if deadline is None else max(0.0, deadline - clock())
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(select.select, socks, [], [], limit).result()[0]
