"""What suites import: marks for tests, findings, fixtures, peers, observers and servers.

Frames of `observers` and `fixtures` are the engine's: what they call is not on the
tape. What all other modules here call is the suite's, a peer's step in a report.
It imports core, tape and sandbox.
"""

from dojo.sandbox.findings import Finding, spelled
from dojo.suite.background import Running
from dojo.suite.faults import (
    NARROW,
    accept_fails,
    before_accept,
    before_each_read,
    break_off,
    client_gone_before_accept,
    listen_fails,
    raises_errno,
    refused_as,
    rival,
    short_sends,
    squeezed,
    stale_report,
)
from dojo.suite.marks import (
    GREEN,
    deadline,
    each_call_may_fail,
    hints,
    kernel_says,
    linux_only,
    off_the_tape,
    on_stub,
    requirement,
    stands_in,
)
from dojo.suite.moments import GONE, interrupted
from dojo.suite.observers import (
    BUSY,
    LOOKS,
    ONE_WAITS,
    PATIENT,
    WAITS,
    Rest,
    accept_queue,
    asleep_in,
    changed_settings,
    comes,
    descriptors,
    has_fin,
    interest,
    is_nonblocking,
    is_readable,
    is_writable,
    kernel_state,
    limits,
    lowest_free_descriptor,
    mode_of,
    over,
    overdue,
    ports,
    room_for_descriptors,
    run_time,
    shared_settings,
    sleeps,
    soon,
    tcp_state,
    unacknowledged,
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
from dojo.suite.peers import (
    ROOM,
    Keeper,
    accepted,
    drain,
    fill,
    numbered,
    read_exactly,
    read_to_end,
    reset,
    reset_in_queue,
    small_buffers,
    take_number,
)
from dojo.suite.servers import MUCH, pour, text_of, welcome
from dojo.tape.call import Call
from dojo.tape.interception import READ as READS
from dojo.tape.interception import WRITE as WRITES
from dojo.tape.query import Tape
from dojo.tape.wording import counted

__all__ = [
    "BUSY", "GONE", "GREEN", "LOOKS", "MUCH", "NARROW", "ONE_WAITS", "PATIENT", "READS", "ROOM", "WAITS", "WRITES",
    "Call", "Finding", "Keeper", "Rest", "Running", "Tape", "accept_fails", "accept_queue", "accepted", "asleep_in",
    "before_accept", "before_each_read", "break_off", "changed_settings", "client_gone_before_accept", "comes",
    "counted", "deadline", "descriptors", "drain", "each_call_may_fail", "fill", "has_fin", "hints", "interest",
    "interrupted", "is_nonblocking", "is_readable", "is_writable", "kernel_says", "kernel_state", "limits",
    "linux_only", "listen_fails", "lowest_free_descriptor", "mode_of", "numbered", "off_the_tape", "on_stub", "over",
    "overdue", "ports", "pour", "raises_errno", "read_exactly", "read_to_end", "refused_as", "requirement", "reset",
    "reset_in_queue", "rival", "room_for_descriptors", "run_time", "shared_settings", "short_sends", "sleeps",
    "small_buffers", "soon", "spelled", "squeezed", "stale_report", "stands_in", "take_number", "tcp_state",
    "text_of", "unacknowledged", "unread", "unsent", "wait_delivered", "wait_fin", "wait_queued", "wait_readable",
    "wait_reset", "wait_unread", "wait_until", "welcome",
]  # fmt: skip
