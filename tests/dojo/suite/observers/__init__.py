"""Look at what the kernel knows, and wait for a state instead of for a while.

Nothing here appears on the tape. Every wait ends with the test's deadline, and
the report then says what was waited for.
"""

from dojo.suite.observers.rest import BUSY, LOOKS, ONE_WAITS, PATIENT, WAITS, Rest, comes, limit_of
from dojo.suite.observers.sockets import (
    accept_queue,
    descriptors,
    has_fin,
    inode_behind,
    interest,
    is_nonblocking,
    is_readable,
    is_writable,
    kernel_state,
    lowest_free_descriptor,
    over,
    ports,
    readiness,
    room_for_descriptors,
    tcp_state,
    unacknowledged,
    unread,
    unsent,
)
from dojo.suite.observers.threads import (
    asleep_in,
    run_time,
    sleeps,
)
from dojo.suite.observers.waits import (
    overdue,
    soon,
    wait_delivered,
    wait_fin,
    wait_queued,
    wait_readable,
    wait_reset,
    wait_unread,
    wait_until,
)

__all__ = [
    "BUSY",
    "LOOKS",
    "ONE_WAITS",
    "PATIENT",
    "WAITS",
    "Rest",
    "accept_queue",
    "asleep_in",
    "comes",
    "descriptors",
    "has_fin",
    "inode_behind",
    "interest",
    "is_nonblocking",
    "is_readable",
    "is_writable",
    "kernel_state",
    "limit_of",
    "lowest_free_descriptor",
    "over",
    "overdue",
    "ports",
    "readiness",
    "room_for_descriptors",
    "run_time",
    "sleeps",
    "soon",
    "tcp_state",
    "unacknowledged",
    "unread",
    "unsent",
    "wait_delivered",
    "wait_fin",
    "wait_queued",
    "wait_readable",
    "wait_reset",
    "wait_unread",
    "wait_until",
]
