"""Looks at every number first, then polls in whole milliseconds until a deadline."""

import math
import os
import select
import time

FIRST_REFUSED: int | None = 1 << 10


def wait_readable_fds(fds: list[int], timeout: float) -> list[int]:
    deadline = time.monotonic() + timeout
    poller = select.poll()
    for fd in fds:
        os.fstat(fd)
        poller.register(fd, select.POLLIN)
    while True:
        left = deadline - time.monotonic()
        ready = [fd for fd, _ in poller.poll(math.ceil(left * 1000) if left > 0 else 0)]
        if ready or left <= 0:
            return ready
