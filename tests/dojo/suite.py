"""What suites import: marks for tests, findings, peers and observers."""

from __future__ import annotations

import sys

import pytest

from dojo.background import Running
from dojo.findings import Finding, raises_errno
from dojo.observe import (
    accept_queue,
    interest,
    is_nonblocking,
    room_for_descriptors,
    run_time,
    sleeps,
    tcp_state,
    time_wait,
    unread,
    unsent,
    wait_fin,
    wait_queued,
    wait_readable,
    wait_reset,
    wait_unread,
    wait_until,
)
from dojo.peers import Keeper, fill, read_exactly, read_to_end, reset, small_buffers
from dojo.tape import Call, Tape

GREEN = "green"


def hints(*texts: str) -> pytest.MarkDecorator:
    """Two or three hints for a test, from a nudge to nearly the answer."""
    return pytest.mark.hints(*texts)


def on_stub(words: str) -> pytest.MarkDecorator:
    """What the stub shows in this test: words of its report, or GREEN. Without it: "not written yet"."""
    return pytest.mark.on_stub(words)


def deadline(seconds: float) -> pytest.MarkDecorator:
    """A deadline other than the usual one, for a test that needs it."""
    return pytest.mark.deadline(seconds)


def linux_only(reason: str) -> pytest.MarkDecorator:
    """Skip the test where Linux is not; `reason` names what only Linux has."""
    return pytest.mark.skipif(sys.platform != "linux", reason=f"only Linux has {reason}")


__all__ = [
    "GREEN", "Call", "Finding", "Keeper", "Running", "Tape", "accept_queue", "deadline", "fill", "hints",
    "interest", "is_nonblocking", "linux_only", "on_stub", "raises_errno", "read_exactly", "read_to_end", "reset",
    "room_for_descriptors", "run_time",
    "sleeps", "small_buffers", "tcp_state", "time_wait", "unread", "unsent", "wait_fin", "wait_queued", "wait_readable",
    "wait_reset", "wait_unread", "wait_until",
]  # fmt: skip
