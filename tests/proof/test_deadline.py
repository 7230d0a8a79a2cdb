"""A test loses no time to other processes: what it waits for a processor comes on top of its deadline."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dojo.sandbox import deadline
from dojo.sandbox.deadline import AGAIN, LOOK, STARVED, Patience

Look = tuple[float, float, bool]  # the seconds that it queued and that it ran, and whether it wants to run


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Look]:
    """What the next looks at the process find."""
    looks: list[Look] = []
    monkeypatch.setattr(deadline, "_look", lambda pid: looks.pop(0))
    return looks


def test_who_sleeps_gets_no_more(seen: list[Look]) -> None:
    limit = Patience(1, 0.0)
    seen += [(0.0, 0.1, False), (0.0, 0.1, False)]
    assert not limit.grows()
    assert not limit.grows()
    assert limit.granted == 0.0


def test_who_has_waited_for_a_processor_gets_that_back(seen: list[Look]) -> None:
    limit = Patience(1, 2.0)
    seen += [(queued, 0.1, False) for queued in (1.5, 1.5, 1000.0)]
    assert limit.grows()
    assert limit.granted == pytest.approx(1.5)
    assert not limit.grows()
    assert limit.grows()
    assert limit.granted == pytest.approx(1000), "as at a hundredth of a processor"


def test_who_has_had_its_share_of_a_processor_gets_no_more_than_is_bearable(seen: list[Look]) -> None:
    limit = Patience(1, 2.0)
    seen += [(1000.0, 2.0, True), (2000.0, 2.1, True)]
    assert limit.grows()
    assert limit.granted == pytest.approx(STARVED), "its own processes may be what it waits for"
    assert not limit.grows()


class Clock:
    """The clock that the engine looks at."""

    def __init__(self, now: float) -> None:
        self.now, self.ran = now, 0.0

    def monotonic(self) -> float:
        return self.now

    def process_time(self) -> float:
        return self.ran


def test_who_wants_to_run_and_does_not_get_to_it_is_waited_for(
    seen: list[Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(100.0)
    monkeypatch.setattr(deadline, "time", clock)
    limit = Patience(1, 2.0)
    seen += [(0.0, 0.1, True), (0.0, 0.1, True), (0.0, 0.3, False), (0.0, 0.4, True), (0.0, 2.1, True)]
    for clock.now in (102.0, 103.0, 104.0, 105.0):
        assert limit.grows()
        assert limit.until == pytest.approx(clock.now + AGAIN)
    clock.now = 106.0
    assert not limit.grows(), "it has run for two seconds: a busy loop"
    seen += [(0.0, 0.5, True), (0.0, 0.6, False), (0.0, 0.6, False)]
    clock.now = 107.0
    assert limit.grows()
    clock.now = 108.0
    assert limit.grows(), "asleep at one look"
    clock.now = 109.0
    assert not limit.grows(), "and at the next one"
    seen += [(0.0, 0.3, True)] * 2
    clock.now = 102.0 + STARVED
    assert limit.grows()
    assert limit.until == clock.now
    assert not limit.grows(), "nobody waits for ever"


def test_time_in_which_who_judges_stood_still_does_not_count(seen: list[Look], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(100.0)
    monkeypatch.setattr(deadline, "time", clock)
    limit = Patience(1, 2.0)
    for clock.now in (100.05, 100.1):
        limit.look()
    assert limit.granted == 0.0
    clock.now += 3600 + LOOK
    limit.look()
    assert limit.granted == pytest.approx(3600), "a laptop was shut, a container frozen"
    assert limit.awake == pytest.approx(0.15)
    clock.now, clock.ran = clock.now + 5, clock.ran + 5
    limit.look()
    assert limit.granted == pytest.approx(3600), "who works does not stand still"
    seen += [(0.5, 0.1, False)]
    assert limit.grows()
    assert limit.granted == pytest.approx(3600.5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long a thread has waited for a processor")
def test_a_look_tells_who_runs_and_who_wants_to() -> None:
    _, ran, wants = deadline._look(os.getpid())
    assert ran > 0
    assert wants, "this thread runs"
    program = [sys.executable, "-c", "while True: print('.', flush=True)"]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.read(10)
        # Nobody reads on: it sleeps in write() once the pipe is full.
        while (before := deadline._look(child.pid))[2]:
            os.sched_yield()
        child.stdout.read(100_000)
        after = deadline._look(child.pid)
        child.kill()
    assert 0 < before[0] <= after[0], "how long it queued"
    assert 0 < before[1] < after[1], "how long it ran"
