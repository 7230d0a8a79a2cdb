"""What suites import: marks for tests, findings, peers and observers."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import pytest

from dojo.sandbox import child
from dojo.sandbox.findings import Finding, raises_errno
from dojo.suite.background import Running
from dojo.suite.faults import break_off, client_gone_before_accept
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


def untraced(test: Callable[..., None]) -> Callable[..., None]:
    """The test measures time itself: under a system call tracer it would measure that."""
    marked: Callable[..., None] = pytest.mark.untraced(test)
    return marked


@contextlib.contextmanager
def off_the_tape() -> Iterator[None]:
    """What the suite does here goes round the tape; a system call tracer is told."""
    child.here.recorder.mark("off")
    try:
        yield
    finally:
        child.here.recorder.mark("on")


def linux_only(reason: str) -> pytest.MarkDecorator:
    """Skip the test where Linux is not; `reason` names what only Linux has."""
    return pytest.mark.skipif(sys.platform != "linux", reason=f"only Linux has {reason}")


def kernel_says(name: str, guess: object, answer: object) -> None:
    """Show the kernel's answer beside what the learner foretold as `name`; the tape is then the evidence."""
    child.here.predicted.append((name, str(guess), str(answer)))


__all__ = [
    "GREEN", "ON_ITS_WAY", "Call", "Finding", "Keeper", "Running", "Tape", "accept_queue", "asleep_in", "break_off",
    "client_gone_before_accept", "deadline", "fill", "has_fin", "hints", "interest", "is_nonblocking",
    "kernel_says", "kernel_state", "linux_only", "numbered", "off_the_tape", "on_stub", "ports", "raises_errno",
    "read_exactly", "read_to_end", "reset", "reset_in_queue", "room_for_descriptors", "run_time", "sleeps",
    "small_buffers", "soon", "tcp_state", "unread", "unsent", "untraced", "wait_delivered", "wait_fin",
    "wait_queued", "wait_readable", "wait_reset", "wait_unread", "wait_until",
]  # fmt: skip
