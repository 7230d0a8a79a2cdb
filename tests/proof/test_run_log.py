"""The log of a side: what a run leaves in it, and what two writers, a crash and a full disk leave of it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import resource
import shutil
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from dojo.core import records
from dojo.core.places import ROOT, choose
from dojo.core.screen import Screen
from dojo.learner import hints_given, run_log
from dojo.learner.test import Reporter
from dojo.sandbox.verdict import Kind, Verdict
from dojo.upkeep.races import Ground
from dojo.watch import screens
from proof.learners import KATA, WRONG, make
from proof.watched import KEYS, RIGHT, Watch, in_place

RED = Verdict(Kind.FAILED, test="test_one", seconds=0.25, predicted=[["a", "1", "2"], ["b", "1", "1"]])


def logged(place: Path, side: str = "katas") -> list[dict[str, Any]]:
    """The lines of a side's log in a copy of the repository."""
    [found] = [path for path in (place / ".dojo" / "sides").glob("*/log") if path.parent.name.startswith(side)]
    return [json.loads(line) for line in found.read_text().splitlines() if line]


def test_a_skipped_test_counts_alike_in_the_log_and_on_the_screen(ground: Ground) -> None:
    [kata] = choose("3.1")
    kinds = [Kind.PASSED, Kind.PASSED, Kind.SKIPPED, Kind.PASSED, Kind.HUNG]
    verdicts = [Verdict(kind, test=f"test_{number}") for number, kind in enumerate(kinds)]
    line = run_log.note(ground.side, kata, "hung", verdicts, 10, "")
    watched = screens.head(screens.Run(kata, ground.side, 10, verdicts, "1 ms"), Screen(100))[0]
    reporter = Reporter(Screen(100), ground.side)
    reporter._digests = {kata: ""}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        reporter._print_kata(kata, [*verdicts, *[Verdict(Kind.LEFT_OUT)] * 5])
    assert (line["passed"], line["total"]) == (4, 10)
    assert "4 of 10 green" in watched and "4 of 10" in printed.getvalue()


def test_a_run_is_one_line_that_says_what_came_of_it(place: Path) -> None:
    answer = place / "katas" / KATA
    began = datetime.now(timezone.utc)
    answer.write_text(WRONG)
    make(place, "test", K="2.1")
    make(place, "hint", K="2.1")
    shutil.copy(ROOT / "solutions" / KATA, answer)
    make(place, "test", K="2.1")
    red, green = logged(place)
    tests = int(green["total"])
    assert (red["event"], red["kata"], red["mark"], red["total"]) == ("run", KATA, "hung", tests)
    assert (red["first"], red["verdict"]) == ("test_nobody_is_connecting", "failed")
    assert red["digest"] == hashlib.sha256(WRONG.encode()).hexdigest()
    assert (red["hints"], green["hints"]) == (0, 1)
    assert (green["mark"], green["passed"], green["first"], green["verdict"]) == ("green", tests, "", "passed")
    assert green["digest"] == hashlib.sha256(answer.read_bytes()).hexdigest()
    assert began <= datetime.fromisoformat(red["time"]) <= datetime.fromisoformat(green["time"])
    assert {name: type(value) for name, value in red.items()} == run_log.FIELDS


def test_a_run_of_many_is_a_line_for_each_kata_on_its_own_side(place: Path) -> None:
    make(place, "test", K="2.2 1.1", SIDE="solutions")
    assert [line["kata"][:4] for line in logged(place, "solutions")] == ["2_no", "1_bl"]
    assert not list((place / ".dojo" / "sides").glob("katas*/log"))


def test_to_read_a_brief_is_no_run(place: Path) -> None:
    make(place, "brief", K="2.1")
    [line] = logged(place)
    assert (line["event"], line["kata"], line["mark"], line["total"]) == ("opened", KATA, "not begun", 0)


def test_watch_tells_opening_from_runs(watch: Watch, two_chapters: Path, answer: Path) -> None:
    in_place(answer, WRONG)
    terminal = watch()
    terminal.until(lambda screen: "FAILED" in screen and KEYS in screen)
    in_place(answer, RIGHT)
    terminal.until(lambda screen: "Your tape" in screen and KEYS in screen)
    terminal.press("q")
    assert terminal.wait() == 0
    opened, run = logged(two_chapters)
    tests = run["total"]
    assert (opened["event"], opened["mark"], opened["passed"], opened["total"]) == ("opened", "red", 0, tests)
    assert (run["event"], run["mark"], run["passed"], run["total"]) == ("run", "green", tests, tests)
    assert run["digest"] == hashlib.sha256(RIGHT.encode()).hexdigest()


def note(ground: Ground, number: int = 0) -> None:
    run_log.note(ground.side, ground.kata, "red", [RED], number, "digest")


def kept(ground: Ground) -> list[int]:
    return [line["total"] for line in run_log.lines(Path(ground.side))]


def test_missed_predictions_are_counted_and_times_added(ground: Ground) -> None:
    green = Verdict(Kind.PASSED, seconds=1.0, predicted=[["c", "x", "y"]])
    run_log.note(ground.side, ground.kata, "red", [green, RED], 2, "")
    [line] = run_log.lines(Path(ground.side))
    assert (line["missed"], line["milliseconds"], line["passed"], line["first"]) == (2, 1250, 1, "test_one")


def test_two_writers_mix_no_lines(ground: Ground) -> None:
    children = []
    for writer in range(4):
        if not (pid := os.fork()):
            for number in range(200):
                note(ground, 1000 * writer + number)
            os._exit(0)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 4
    found = kept(ground)
    assert sorted(found) == [1000 * writer + number for writer in range(4) for number in range(200)]
    assert all([one for one in found if one // 1000 == writer] == sorted(
        one for one in found if one // 1000 == writer) for writer in range(4))  # fmt: skip


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_torn_line_is_left_out_and_the_next_one_is_whole(cut: int, ground: Ground) -> None:
    for number in (1, 2):
        note(ground, number)
    log = run_log.path_of(Path(ground.side))
    os.truncate(log, log.stat().st_size - cut)
    for number in (3, 4):
        note(ground, number)
    assert kept(ground) == [1, 3, 4]


def test_what_is_no_line_of_a_log_is_left_out(ground: Ground) -> None:
    note(ground, 1)
    line = next(run_log.lines(Path(ground.side)))
    with run_log.path_of(Path(ground.side)).open("ab") as log:
        for other in (b"\xff\xfe", b"[]", b"null", b"{}", b"[" * 100_000, json.dumps(line | {"total": "2"}).encode()):
            log.write(b"\n" + other)
        log.write(b"\n" + json.dumps(line | {"more": 1}).encode())
    note(ground, 3)
    assert kept(ground) == [1, 3]


def test_a_full_disk_loses_the_line_and_nothing_else(ground: Ground) -> None:
    note(ground, 1)
    size = run_log.path_of(Path(ground.side)).stat().st_size
    if not (pid := os.fork()):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, size + 40))
        note(ground, 2)  # cut
        note(ground, 2)  # refused, and nobody is told
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    note(ground, 3)
    assert kept(ground) == [1, 3]


@pytest.mark.parametrize("what", ["fifo", "directory"])
def test_a_log_that_is_no_file_holds_up_nobody(what: str, ground: Ground) -> None:
    log = run_log.path_of(Path(ground.side))
    records.made(Path(ground.side))
    os.mkfifo(log) if what == "fifo" else log.mkdir()
    note(ground)
    assert kept(ground) == []


def test_a_line_costs_next_to_nothing(ground: Ground) -> None:
    """By the system calls that it makes, which a busy machine does not change: no wait for the disk, and no lock."""
    note(ground)
    hints_given.give(ground.side, ground.kata, "test_one")
    calls: list[str] = []
    real = {name: getattr(os, name) for name in ("fsync", "fdatasync", "write", "open")}
    with pytest.MonkeyPatch.context() as patch:
        for name, call in real.items():
            patch.setattr(
                os, name, lambda *args, call=call, name=name, **more: calls.append(name) or call(*args, **more)
            )
        note(ground)
    assert sorted(calls) == ["open", "open", "write"], "the hints are read and the line is written"


def test_an_answer_that_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    assert run_log.digest(tmp_path / "missing.py") == ""
    os.mkfifo(tmp_path / "pipe.py")
    assert run_log.digest(tmp_path / "pipe.py") == ""
