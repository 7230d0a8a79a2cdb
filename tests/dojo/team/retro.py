"""`make retro`: what a session came to: the tests that cost most, each kata in a line, and questions for the room."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dojo.core import files, records
from dojo.core.columns import fit, pad, wrap
from dojo.core.places import ROOT, BadInput, Kata, all_katas, choose
from dojo.core.screen import Screen, write
from dojo.learner import run_log
from dojo.report import progress
from dojo.report.others import sentence
from dojo.team import history, questions, sides
from dojo.team.history import Line, Work

HARDEST = 5  # tests that are shown


def run(wanted: str, side: str) -> int:
    """Show what the logs of the sides in SIDES= say of the katas that `wanted` names; without it, all logs here.

    Raises BadInput where nothing is logged.
    """
    katas = choose(wanted)
    told = {kata.path for kata in katas} if wanted else None
    all_lines, damaged, unread = [], 0, 0
    for log in _logs(os.environ.get("SIDES", "")):
        lines: list[Line | None] = []
        try:
            lines = [*run_log.parsed(log)]
        except FileNotFoundError:
            continue
        except OSError:
            unread += 1
        damaged += lines.count(None)
        all_lines.append([line for line in lines if line and (told is None or line["kata"] in told)])
    work = [history.of_side(lines) for lines in all_lines]
    screen = Screen.of(sys.stdout)
    notes = [f"left out: {_count(damaged, 'damaged line')} of the logs"] if damaged else []
    notes += [f"left out: {_count(unread, 'log')} that cannot be read"] if unread else []
    if not any(work):
        words = "; ".join([f"no run{' of ' + wanted if wanted else ''} is logged: make test and make watch do", *notes])
        raise BadInput(words)
    times = [time for lines in all_lines for line in lines if (time := history.moment(line))]
    began, ended = (f"{time.astimezone():%Y-%m-%d %H:%M}" for time in (min(times), max(times)))
    lines_shown = _told([one for one in work if one], f"{began} to {ended}", katas if wanted else all_katas(), screen)
    write([*lines_shown, *(["", *notes] if notes else [])])
    return 0


def _logs(asked: str) -> Iterator[Path]:
    """The logs of the sides in a directory, or all but the reference's, here or in an archive. Raises BadInput."""
    archive = ROOT / asked if asked else records.HOME
    if asked and not (archive / "sides").is_dir():
        yield from map(run_log.path_of, sides.find(asked, "retro").values())
        return
    for place in sorted((archive / "sides").glob("*/side")):
        whose = Path(os.fsdecode((files.read(place) or b"").rstrip(b"\n")))
        if whose != ROOT / "solutions":
            yield place.with_name(run_log.LOG)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _told(work: Sequence[Sequence[Work]], when: str, katas: Sequence[Kata], screen: Screen) -> list[str]:
    every = [one for side in work for one in side]
    runs = sum(len(one.runs) for one in every)
    head = f"{_count(len(work), 'side')}, {_count(len({one.kata for one in every}), 'kata')}, {_count(runs, 'run')}"
    lines = [screen.paint(line, "bold") for line in wrap(f"{head}, {when}", screen.width)]
    lines += ["", screen.paint("Tests that took longest", "bold"), *_hardest(every, screen)]
    lines += ["", screen.paint("Each kata", "bold"), *_each(every, katas, screen)]
    lines += ["", screen.paint("Questions for the room", "bold")]
    for number, one in enumerate(questions.choose_three(every), start=1):
        lines += wrap(screen.spell(one.text), screen.width, f"  {number}  ", "     ")
    return lines


def _hardest(every: Sequence[Work], screen: Screen) -> list[str]:
    lines = []
    for red in history.reds(every)[:HARDEST]:
        sides_of = sum(work.kata == red.kata for work in every)
        cost = f"{round(red.minutes)} min, {_count(red.runs, 'run')}, {red.sides} of {_count(sides_of, 'side')}"
        lines += wrap(
            screen.spell(f"{questions.name(red.kata)}  {sentence(red.test)}: {cost}"), screen.width, "  ", "       "
        )
    return lines or ["  no test was red"]


def _each(every: Sequence[Work], katas: Sequence[Kata], screen: Screen) -> list[str]:
    """A line a kata, in the order in which they were asked for; then those that this copy does not have."""
    known = {kata.path: f"{kata.id:<5}{kata.name.replace('_', ' ')}" for kata in katas}
    paths = dict.fromkeys([*known, *(work.kata for work in every)])
    missed = any(work.missed for work in every)
    numbers = ["green", "runs", "min", "in red", "hints", *["missed"] * missed]
    room = screen.width - 2 - sum(len(one) + 2 for one in numbers)
    lines = [" " * (2 + room) + "".join(f"  {one}" for one in numbers)]
    for path in paths:
        works = [work for work in every if work.kata == path]
        if not works:
            continue
        green = [work for work in works if work.to_green]
        values = [
            f"{sum(work.mark == progress.GREEN for work in works)}/{len(works)}",
            f"{_middle([work.to_green or 0 for work in green])}",
            f"{_middle([round(work.minutes) for work in green])}",
            f"{round(sum(work.in_red for work in works))}",
            f"{sum(work.hints for work in works)}",
            f"{sum(work.missed for work in works)}",
        ]
        title = pad(fit(screen.spell(known.get(path, path)), room, screen.spell("…")), room)
        columns = zip(values, numbers, strict=False)
        lines.append(f"  {title}" + "".join(f"  {value:>{len(one)}}" for value, one in columns))
    legend = "green: sides whose last run was green. runs, min: until it was green, of the side in the middle. "
    legend += f"in red: minutes of all sides. A pause of more than {history.BREAK:.0f} minutes does not count."
    return lines + [screen.paint(line, "dim") for line in wrap(legend, screen.width, "  ", "  ")]


def _middle(values: list[int]) -> int | str:
    return statistics.median_low(values) if values else ""
