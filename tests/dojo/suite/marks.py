"""What a suite says of its tests, and to the engine."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

import pytest

from dojo.sandbox import child
from dojo.tape.whose import stands_in as stands_in

GREEN = "green"


def hints(*texts: str, when: str = "") -> pytest.MarkDecorator:
    """Two or three hints for a test, from a nudge to nearly the answer.

    A test may have several: those count whose `when` is in the report, as words of the assertion, the case or the
    verdict; those without `when` are for every other failure.
    """
    return pytest.mark.hints(*texts, when=when)


def requirement(*numbers: int) -> pytest.MarkDecorator:
    """Which requirements the test is about, by their numbers in the brief."""
    return pytest.mark.requirement(*numbers)


def on_stub(words: str) -> pytest.MarkDecorator:
    """What the stub shows in this test: words of its report, or GREEN. Without it: "not written yet"."""
    return pytest.mark.on_stub(words)


def each_call_may_fail() -> pytest.MarkDecorator:
    """Run the test once more for each call on a connection that it reaches, the first and the last time, to fail.

    It asks for the fixture `failing`, which says what is to fail in this run, and what has.
    """
    return pytest.mark.sweep


def deadline(seconds: float) -> pytest.MarkDecorator:
    """A deadline other than the usual one, for a test that needs it."""
    return pytest.mark.deadline(seconds)


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
    """Show the kernel's answer beside what the learner predicted as `name`; the tape is then the evidence."""
    child.here.predicted.append((name, str(guess), str(answer)))
