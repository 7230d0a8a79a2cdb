"""Goes through a table, the worst end first."""

import select

REPORTED_UNASKED: int | None = select.EPOLLHUP + select.EPOLLERR

STATES = ((select.EPOLLERR, "error"), (select.EPOLLHUP, "closed"), (select.EPOLLRDHUP, "half-closed"), (~0, "open"))


def state_of(mask: int) -> str:
    return next((state for bit, state in STATES if mask & bit), "open")
