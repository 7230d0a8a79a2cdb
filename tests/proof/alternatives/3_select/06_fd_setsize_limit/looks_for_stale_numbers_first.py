"""Looks for numbers that are not open first, and then waits in a selector, which would call them readable."""

import errno
import os
import select
import selectors

FIRST_REFUSED: int | None = 1024


def wait_readable_fds(fds: list[int], timeout: float) -> list[int]:
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    bad = {fd for fd, event in poller.poll(0) if event & select.POLLNVAL}
    if bad:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), str(min(bad)))
    with selectors.PollSelector() as selector:
        for fd in fds:
            selector.register(fd, selectors.EVENT_READ)
        return [key.fd for key, _ in selector.select(timeout)]
