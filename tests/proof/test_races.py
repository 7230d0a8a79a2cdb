"""Nothing is lost by two commands at once, by a save beside them, or by kill -9 at any step."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dojo.core import records
from dojo.core.places import BadInput, all_katas, find_side
from dojo.learner import kept_work
from dojo.report import progress
from dojo.upkeep import races
from dojo.upkeep.races import Ground
from proof.grounds import kept, killed_at, reset, save, steps, undo, without_exchange


@pytest.mark.parametrize("race", races.RACES, ids=lambda race: race.__name__)
def test_nothing_is_lost_in_a_race(race: Callable[[Ground], int], memory: Path, monkeypatch: Any) -> None:
    for number in range(30):
        spot = memory / str(number)
        monkeypatch.setattr(records, "HOME", spot / ".dojo")
        assert race(Ground(spot)) == 0, f"round {number}"


def test_the_races_see_what_is_lost(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_work, "reset", lambda kata, side: ground.answer.write_bytes(kata.stub.read_bytes()))
    assert races.reset_beside_undo(ground) == 2
    monkeypatch.setattr(races, "RACES", (lambda _: 1,))
    monkeypatch.setattr(races.RACES[0], "__name__", "loses", raising=False)
    monkeypatch.setenv("ROUNDS", "2")
    assert races.run("", "katas") == 1


@pytest.mark.parametrize("rounds", ["0", "-1", "many"])
def test_rounds_that_are_no_number_are_one_line(rounds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDS", rounds)
    with pytest.raises(BadInput, match="ROUNDS="):
        races.run("", "katas")


@pytest.mark.parametrize("exchanged", [True, False], ids=["exchange", "no exchange"])
@pytest.mark.parametrize("command", ["reset", "undo"])
def test_a_kill_at_any_step_loses_nothing(
    command: str, exchanged: bool, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanged:
        without_exchange(monkeypatch)
    tried = 0
    for step in steps():
        monkeypatch.setattr(records, "HOME", memory / str(step) / ".dojo")
        ground = Ground(memory / str(step))
        earlier = save(ground, ground.text())
        ground.reset()
        now = save(ground, ground.text())
        whole = (earlier, now, ground.kata.stub.read_bytes())
        done = not killed_at(step, lambda ground=ground: reset(ground) if command == "reset" else undo(ground))
        if ground.answer.exists():
            assert ground.answer.read_bytes() in whole, f"step {step}"
        else:
            assert not exchanged, "the answer is never missing where two files can be exchanged"
        assert ground.lost(earlier, now) == 0, f"step {step}"
        assert all(path.read_bytes() in whole for path in kept(ground)), f"step {step}: a copy is cut"
        left = [path.name for path in ground.answer.parent.iterdir() if path != ground.answer]
        assert not left, f"step {step}: the next command tidies up"
        shutil.rmtree(memory / str(step))
        tried = step
        if done:
            break
    assert tried > 15, "there are many steps at which it can be killed"


def test_two_terminals_at_once_wait_for_each_other(ground: Ground) -> None:
    texts = []
    for _ in range(6):
        reset(ground)  # so that the save replaces nothing
        texts.append(save(ground, ground.text()))
        races._together(ground.reset, ground.reset, ground.undo, ground.undo)
    held = [path.read_bytes() for path in (ground.answer, *kept(ground))]
    assert all(text in held for text in texts)
    assert len(held) - len(texts) <= sum(text == ground.kata.stub.read_bytes() for text in held), "each of them once"


def test_a_wait_for_the_lock_has_a_limit_and_names_the_holder(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    now = save(ground, ground.text())
    read, write = os.pipe()
    holder = os.fork()
    if not holder:
        with records.locked("make reset K=9.9"):
            os.write(write, b"x")
            signal.pause()
    try:
        os.read(read, 1)
        monkeypatch.setattr(records, "LOCK_SECONDS", 0.05)
        before = signal.getsignal(signal.SIGALRM)
        with pytest.raises(BadInput) as refused:
            reset(ground)
        assert f"process {holder} (make reset K=9.9)" in str(refused.value)
        assert "nothing was changed" in str(refused.value)
        assert ground.answer.read_bytes() == now
        assert signal.getsignal(signal.SIGALRM) == before
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    finally:
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)
        os.close(read)
        os.close(write)
    assert reset(ground), "the kernel takes the lock from a process that is gone"


def test_a_kill_at_any_step_loses_nothing_across_file_systems(far: Ground) -> None:
    records.HOME.mkdir()
    for step in steps():
        for path in (*far.answer.parent.iterdir(), *kept(far)):
            path.unlink()
        now = save(far, far.text())
        whole = (now, far.kata.stub.read_bytes())
        done = not killed_at(step, lambda: reset(far))
        undo(far)
        assert far.answer.read_bytes() == now, f"step {step}"
        assert all(path.read_bytes() in whole for path in kept(far)), f"step {step}: a copy is cut"
        if done:
            break


def test_no_mark_is_lost_when_the_file_is_shortened(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FULL", 600)  # so that it is shortened every few marks
    place, katas = find_side(ground.side), all_katas()

    def note(numbers: range) -> None:
        for number in numbers:
            progress.add(place, [(katas[number].path, progress.GREEN)])  # each mark once: none comes again

    races._together(*(lambda part=part: note(range(part, len(katas), 4)) for part in range(4)))
    assert progress.said(place).keys() == {kata.path for kata in katas}
