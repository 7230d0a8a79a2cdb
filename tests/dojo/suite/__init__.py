"""What suites import: marks for tests, findings, fixtures, peers, observers and servers.

Frames of `observers` and `fixtures` are the engine's: what they call is not on the
tape. What all other modules here call is the suite's, a peer's step in a report.
It imports core, tape and sandbox.
"""

from dojo.sandbox.findings import Finding, raises_errno
from dojo.suite.background import Running
from dojo.suite.marks import GREEN, deadline, hints, kernel_says, linux_only, off_the_tape, on_stub, untraced
from dojo.suite.observers import (
    ON_ITS_WAY,
    accept_queue,
    asleep_in,
    has_fin,
    interest,
    is_nonblocking,
    kernel_state,
    ports,
    room_for_descriptors,
    run_time,
    sleeps,
    soon,
    tcp_state,
    unread,
    unsent,
    wait_delivered,
    wait_fin,
    wait_queued,
    wait_readable,
    wait_reset,
    wait_unread,
    wait_until,
)
from dojo.suite.peers import Keeper, fill, numbered, read_exactly, read_to_end, reset, reset_in_queue, small_buffers
from dojo.tape.recorder import Call, Tape

__all__ = [
    "GREEN", "ON_ITS_WAY", "Call", "Finding", "Keeper", "Running", "Tape", "accept_queue", "asleep_in", "deadline",
    "fill", "has_fin", "hints", "interest", "is_nonblocking", "kernel_says", "kernel_state", "linux_only",
    "numbered", "off_the_tape", "on_stub", "ports", "raises_errno", "read_exactly", "read_to_end", "reset",
    "reset_in_queue", "room_for_descriptors", "run_time", "sleeps", "small_buffers", "soon", "tcp_state", "unread",
    "unsent", "untraced", "wait_delivered", "wait_fin", "wait_queued", "wait_readable", "wait_reset", "wait_unread",
    "wait_until",
]  # fmt: skip
