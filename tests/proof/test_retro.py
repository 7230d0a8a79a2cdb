"""`make retro`: what it counts is what was logged, and its questions have their reason in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from dojo.core import records
from dojo.core.columns import columns
from dojo.core.places import ROOT, BadInput, choose
from dojo.learner import run_log
from dojo.team import history, questions, retro
from dojo.team.history import Work
from proof.courses import refused, trained

KATA, OTHER = (kata.path for kata in choose("2.1 2.2"))
START = datetime(2026, 3, 4, 18, 0, tzinfo=timezone.utc)
Line = dict[str, Any]


def line(minute: float, mark: str, first: str = "", kata: str = KATA, **more: Any) -> Line:
    """An entry of a log, `minute` minutes after the start."""
    verdict = "passed" if mark == "green" else "failed"
    return {
        "time": (START + timedelta(minutes=minute)).isoformat(timespec="milliseconds"),
        "event": run_log.RUN, "kata": kata, "mark": mark, "passed": 1, "total": 9, "first": first, "verdict": verdict,
        "digest": f"{minute}", "hints": 0, "missed": 0, "milliseconds": 10,
    } | more  # fmt: skip


def opened(minute: float, kata: str = KATA) -> Line:
    return line(minute, "not begun", kata=kata, event=run_log.OPENED, verdict="")


def only(lines: Iterable[Line]) -> Work:
    [work] = history.of_side(lines)
    return work


def test_runs_and_minutes_count_until_green() -> None:
    work = only([opened(0), line(2, "red", "test_a"), line(5, "hung", "test_b"), line(6, "green"), line(9, "green")])
    assert (work.to_green, work.minutes, work.in_red) == (3, 6, 4)
    assert work.at == {"test_a": 3, "test_b": 1}
    assert work.longest == 3


def test_what_never_was_green_has_its_time_in_red() -> None:
    work = only([line(0, "red", "test_a"), line(4, "red", "test_a")])
    assert (work.to_green, work.in_red, work.at) == (None, 4, {"test_a": 4})


def test_a_pause_does_not_count_and_a_clock_that_goes_back_takes_nothing_away() -> None:
    assert only([line(0, "red", "test_a"), line(16, "red", "test_a"), line(18, "green")]).in_red == 2
    assert only([line(10, "red", "test_a"), line(4, "red", "test_a"), line(5, "green")]).in_red == 1


def test_time_goes_to_the_kata_that_was_in_hand() -> None:
    first, second = history.of_side(
        [
            line(0, "red", "test_a"),
            opened(3, OTHER),
            line(5, "red", "test_b", OTHER),
            line(6, "green"),
            line(10, "green", kata=OTHER),
        ]
    )
    assert (first.in_red, first.minutes) == (4, 4), "three before the other was opened, and one before it was run again"
    assert (second.minutes, second.in_red) == (6, 4)


def test_a_run_of_all_katas_begins_none_that_is_a_stub() -> None:
    lines = [line(0, "red", "test_a"), line(0, "not begun", kata=OTHER), line(0, "not for this machine", kata=OTHER)]
    assert [work.kata for work in history.of_side(lines)] == [KATA]
    assert history.of_side([opened(0)]) == [], "a brief that was read is no work"


def test_hints_are_added_over_a_reset_and_the_same_miss_counts_once() -> None:
    lines = [line(0, "red", hints=2, missed=1), line(1, "red", hints=3, missed=1), line(2, "red", hints=1, missed=0)]
    work = only(lines)
    assert (work.hints, work.missed) == (4, 1)


def test_hardest_is_what_took_longest() -> None:
    sides = [
        [line(0, "red", "test_a"), line(1, "red", "test_b"), line(9, "green")],
        [line(0, "red", "test_a"), line(1, "red", "test_a"), line(2, "green")],
    ]
    found = history.reds([work for lines in sides for work in history.of_side(lines)])
    assert [(red.test, red.sides, red.runs, red.minutes) for red in found] == [("test_b", 1, 1, 8), ("test_a", 2, 3, 3)]


# What was logged, and words of the question that it is a reason for.
REASONS: dict[str, tuple[list[list[Line]], str]] = {
    "stopped": (
        [[line(n, "red", "test_the_end_is_eof") for n in range(2)]] * 2,
        r'^"the end is eof" \(2.1\) was the first red test of 4 runs on 2 sides\.',
    ),
    "spread": ([[line(0, "green")], [*[line(n, "red") for n in range(6)], line(9, "green")]], "one side 1 run and"),
    "hung": ([[line(n, "hung", verdict="hung") for n in range(2)]], r"^2 runs of 2.1 hung\."),
    "leaked": ([[line(n, "red", verdict="leaked") for n in range(2)]], "^2 runs of 2.1 left something open"),
    "not_started": ([[line(n, "red", verdict="could not start") for n in range(3)]], "^3 runs of 2.1 did not reach"),
    "back_to_red": ([[line(0, "green"), line(1, "red"), line(2, "green")]], r"became red again \(count: 1\)"),
    "hints": ([[line(0, "red", hints=2)], [line(0, "red", hints=1)]], "^3 hints were asked for in 2.1"),
    "missed": ([[line(0, "green", missed=2)]], r"predictions that were missed \(count: 2\)"),
    "unchanged": ([[line(n, "red", digest="same") for n in range(4)]], "^3 runs of 2.1 judged code that was red alre"),
    "long_step": ([[line(0, "red"), line(9, "green")]], "^9 minutes passed between two runs of 2.1"),
    "left_red": ([[line(0, "red", "test_a")], [line(0, "green")]], '^2.1 is still red on 1 side, at "a" for one'),
    "at_once": ([[line(0, "green")]] * 3, "^2.1 was green at the first run on 3 sides"),
}  # fmt: skip


def asked(sides: list[list[Line]]) -> list[questions.Question]:
    return questions.choose_three([work for lines in sides for work in history.of_side(lines)])


def katas(sides: list[list[Line]]) -> questions.Katas:
    return {KATA: [work for lines in sides for work in history.of_side(lines)]}


@pytest.mark.parametrize("maker", questions.MAKERS, ids=lambda maker: maker.__name__)
def test_a_question_has_its_reason(maker: Any) -> None:
    sides, words = REASONS[maker.__name__]
    [one] = maker(katas(sides))
    assert re.search(words, one.text)
    assert one.text.endswith("?")
    nothing_to_ask = [[line(0, "red"), line(1, "green")]]
    assert not [*maker(katas(nothing_to_ask))]


def test_questions_are_chosen_by_what_happened() -> None:
    for sides, words in REASONS.values():
        assert any(re.search(words, one.text) for one in asked(sides)), words
    every = [lines for sides, _ in REASONS.values() for lines in sides]
    assert len(asked(every)) == 3
    assert len({one.text for one in asked(every)}) == 3
    weights = [one.weight for one in asked(every)]
    assert weights == sorted(weights, reverse=True)


def test_no_test_is_quoted_twice() -> None:
    texts = [one.text for one in asked([[line(n, "red", "test_a") for n in range(4)]] * 3)]
    assert sum('"a"' in text for text in texts) == 1


Session = Path


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A directory of two sides with logs; in one of them lines are damaged."""
    monkeypatch.setattr(records, "HOME", tmp_path / ".dojo")
    monkeypatch.setenv("COLUMNS", "80")
    place = tmp_path / "teams"
    red = [line(n, "red", "test_nobody_is_connecting") for n in range(4)]
    for team, lines in (("red", [*red, line(5, "green")]), ("blue", red)):
        (place / team / "2_nonblocking").mkdir(parents=True)
        records.made(place / team)
        text = "".join(f"\n{json.dumps(one)}" for one in lines)
        run_log.path_of(place / team).write_text(text)
    with run_log.path_of(place / "blue").open("ab") as log:
        log.write(b'\n{"time": "2026-\n\xff\xfe\n[]\n' + json.dumps(line(0, "red") | {"passed": "1"}).encode() + b"\n")
        log.write(json.dumps(line(0, "red") | {"time": "yesterday"}).encode())
    return place


def test_it_is_told_on_80_columns(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIDES", str(session))
    assert retro.run("", "katas") == 0
    told = capsys.readouterr().out
    assert "2 sides, 1 kata, 9 runs" in told
    assert "  2.1  nobody is connecting: 8 min, 8 runs, 2 of 2 sides\n" in told
    assert re.search(r"^  2\.1  accept would block +1/2 +5 +5 +8 +0$", told, re.MULTILINE)
    assert "Questions for the room\n  1  " in told
    assert told.endswith("\nleft out: 4 damaged lines of the logs\n")
    assert max(map(columns, told.splitlines())) <= 80
    assert "missed" not in told, "no prediction was logged"


def test_without_a_directory_it_takes_every_log_but_the_references(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    records.made(ROOT / "solutions")
    run_log.path_of(ROOT / "solutions").write_text(json.dumps(line(0, "green", kata=OTHER)))
    assert retro.run("", "katas") == 0
    told = capsys.readouterr().out
    assert "2 sides, 1 kata, 9 runs" in told
    with pytest.raises(BadInput, match=re.escape("no run of 2.2 is logged")):
        retro.run("2.2", "katas")


def test_a_log_that_cannot_be_read_is_counted(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    log = run_log.path_of(session / "blue")
    log.unlink()
    log.mkdir()
    assert retro.run("2.1", "katas") == 0
    told = capsys.readouterr().out
    assert told.startswith("1 side, 1 kata, 5 runs")
    assert told.endswith("\nleft out: 1 log that cannot be read\n")


def test_a_kata_of_another_edition_is_told_by_its_path(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    with run_log.path_of(session / "red").open("a") as log:
        log.write("\n" + json.dumps(line(9, "red", "test_\x1b[31m", kata="9_gone/01_\x1b[31mnothing.py")))
    assert retro.run("", "katas") == 0
    told = capsys.readouterr().out
    assert "9_gone/01_\\x1b[31mnothing.py" in told
    assert "\x1b" not in told


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    (place / "red" / "2_nonblocking").mkdir(parents=True)
    refused(trained("retro", place, K=""), "no run is logged: make test and make watch do")
    refused(trained("retro", place, SIDES=str(tmp_path / "none")), "does not exist")
    refused(trained("retro", tmp_path), "holds no side")
    refused(trained("retro", place, K="9"), "there is no such chapter")
    (place / "a\x1b[31mb").mkdir()
    refused(trained("retro", place), "a team cannot be called 'a\\x1b[31mb'")
