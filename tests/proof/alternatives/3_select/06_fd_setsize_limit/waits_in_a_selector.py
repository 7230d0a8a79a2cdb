"""Waits in the best selector there is, which refuses a number that is not open by itself."""

import selectors

FIRST_REFUSED: int | None = 1024


def wait_readable_fds(fds: list[int], timeout: float) -> list[int]:
    with selectors.DefaultSelector() as selector:
        for fd in fds:
            selector.register(fd, selectors.EVENT_READ)
        return [key.fd for key, _ in selector.select(timeout)]
