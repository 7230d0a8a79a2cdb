"""A test loses no time to other processes: what it waits for a processor comes on top of its deadline."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from dojo.sandbox import deadline
from dojo.sandbox.deadline import AGAIN, STARVED, Patience

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


def test_who_has_waited_for_a_processor_gets_that_back_and_no_more_than_is_bearable(seen: list[Look]) -> None:
    limit = Patience(1, 2.0)
    seen += [(queued, 0.1, False) for queued in (1.5, 1.5, 1000.0, 2000.0)]
    assert limit.grows()
    assert limit.granted == pytest.approx(1.5)
    assert not limit.grows()
    assert limit.grows()
    assert limit.granted == pytest.approx(STARVED)
    assert not limit.grows()


def test_who_wants_to_run_and_does_not_get_to_it_is_waited_for(
    seen: list[Look], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=lambda: now))
    limit = Patience(1, 2.0)
    seen += [(0.0, 0.1, True), (0.0, 0.1, True), (0.0, 0.3, False), (0.0, 0.4, True), (0.0, 2.1, True)]
    for now in (102.0, 103.0, 104.0, 105.0):
        assert limit.grows()
        assert limit.until == pytest.approx(now + AGAIN)
    now = 106.0
    assert not limit.grows(), "it has run for two seconds: a busy loop"
    seen += [(0.0, 0.5, True), (0.0, 0.6, False), (0.0, 0.6, False)]
    now = 107.0
    assert limit.grows()
    now = 108.0
    assert limit.grows(), "asleep at one look"
    now = 109.0
    assert not limit.grows(), "and at the next one"
    seen += [(0.0, 0.3, True)] * 2
    now = 102.0 + STARVED
    assert limit.grows()
    assert limit.until == now
    assert not limit.grows(), "nobody waits for ever"


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
