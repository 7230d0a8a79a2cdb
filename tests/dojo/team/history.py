"""What a session came to, from the logs of its sides: runs, minutes and red tests of each kata.

The time between two entries of a log counts for the kata that the later one ran, or that
the earlier one had in hand where the later one only opens another; it is time in red while
that kata's last run was red, and goes to the test that was the first red one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dojo.learner.run_log import OPENED
from dojo.report import progress

BREAK = 15.0  # minutes between two entries beyond which nobody was working
RED = (progress.RED, progress.HUNG)
Line = dict[str, Any]  # of a run log


@dataclass
class Work:
    """One side on one kata."""

    kata: str  # its path
    runs: list[Line] = field(default_factory=list)
    minutes: float = 0.0  # until it was green
    in_red: float = 0.0
    longest: float = 0.0  # minutes between two runs, in red
    at: dict[str, float] = field(default_factory=dict)  # minutes for which a test was the first red one
    hints: int = 0
    missed: int = 0
    back: int = 0  # times that it was green and became red
    again: int = 0  # runs on code that was red already, byte for byte

    @property
    def to_green(self) -> int | None:
        """The number of the first green run; None if there is none."""
        marks = [run["mark"] for run in self.runs]
        return marks.index(progress.GREEN) + 1 if progress.GREEN in marks else None

    @property
    def mark(self) -> str:
        """The last mark; empty where it was never run."""
        return str(self.runs[-1]["mark"]) if self.runs else ""

    def passes(self, minutes: float) -> None:
        """Count time that was spent on it."""
        if self.to_green is None:
            self.minutes += minutes
        if self.mark in RED:
            first = self.runs[-1]["first"]
            self.in_red += minutes
            self.longest = max(self.longest, minutes)
            self.at[first] = self.at.get(first, 0.0) + minutes

    def ran(self, line: Line) -> None:
        """Count a run."""
        if self.runs:
            self.back += self.mark == progress.GREEN and line["mark"] in RED
            self.again += line["mark"] in RED and self.mark in RED and line["digest"] == self.runs[-1]["digest"]
        self.missed = max(self.missed, line["missed"])
        self.runs.append(line)


def of_side(lines: Iterable[Line]) -> list[Work]:
    """What one side did, a kata each, from its log; what was not begun is left out."""
    found: dict[str, Work] = {}
    given: dict[str, int] = {}
    before: tuple[datetime, Work] | None = None
    for line in lines:
        time = moment(line)
        if time is None or line["mark"] == progress.ELSEWHERE:
            continue
        opened = line["event"] == OPENED
        if line["mark"] == progress.UNTOUCHED and not opened and line["kata"] not in found:
            continue  # of a run of all katas
        work = found.setdefault(line["kata"], Work(line["kata"]))
        if before is not None:
            minutes = max(0.0, (time - before[0]).total_seconds() / 60)
            (before[1] if opened else work).passes(minutes if minutes <= BREAK else 0.0)
        known = given.get(line["kata"], 0)
        work.hints += line["hints"] - (known if line["hints"] >= known else 0)  # a reset begins again
        given[line["kata"]] = line["hints"]
        if not opened:
            work.ran(line)
        before = time, work
    return [work for work in found.values() if work.runs]


def moment(line: Line) -> datetime | None:
    """When it was; None for a time that is none."""
    try:
        time = datetime.fromisoformat(line["time"])
    except ValueError:
        return None
    return time if time.tzinfo else None


@dataclass(frozen=True)
class Red:
    """A test, on all sides."""

    kata: str
    test: str
    sides: int
    runs: int  # in which it was the first red one
    minutes: float


def reds(all_work: Sequence[Work]) -> list[Red]:
    """The tests that were the first red one of some run; the ones that took longest come first."""
    names = dict.fromkeys((work.kata, run["first"]) for work in all_work for run in work.runs if run["first"])
    found = []
    for kata, test in names:
        theirs = [work for work in all_work if work.kata == kata]
        runs = [sum(run["first"] == test for run in work.runs) for work in theirs]
        minutes = sum(work.at.get(test, 0.0) for work in theirs)
        found.append(Red(kata, test, sum(map(bool, runs)), sum(runs), minutes))
    return sorted(found, key=lambda red: (round(red.minutes), red.runs, red.sides), reverse=True)
