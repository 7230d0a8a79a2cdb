"""Names the bits in a class of its own, with poll's constants: the kernel's are the same."""

import enum
import select


class End(enum.IntFlag):
    BROKEN = select.POLLERR
    BOTH = select.POLLHUP
    INPUT = select.POLLRDHUP


REPORTED_UNASKED: int | None = End.BROKEN | End.BOTH


def state_of(mask: int) -> str:
    ends = End(mask & (End.BROKEN | End.BOTH | End.INPUT))
    if End.BROKEN in ends:
        return "error"
    if End.BOTH in ends:
        return "closed"
    return "half-closed" if ends else "open"
