"""Look at what the kernel knows, and wait for a state instead of for a while.

Nothing here appears on the tape. Every wait ends with the test's deadline, and
the report then says what was waited for.
"""

from dojo.suite.observers.sockets import (
    accept_queue,
    has_fin,
    interest,
    is_nonblocking,
    kernel_state,
    ports,
    readiness,
    room_for_descriptors,
    tcp_state,
    unread,
    unsent,
)
from dojo.suite.observers.threads import (
    asleep_in,
    run_time,
    sleeps,
)
from dojo.suite.observers.waits import (
    ON_ITS_WAY,
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
    "ON_ITS_WAY",
    "accept_queue",
    "asleep_in",
    "has_fin",
    "interest",
    "is_nonblocking",
    "kernel_state",
    "ports",
    "readiness",
    "room_for_descriptors",
    "run_time",
    "sleeps",
    "soon",
    "tcp_state",
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
