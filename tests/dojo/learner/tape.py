"""`make tape`: the whole tape of one test, as text or drawn on a page, alone or beside another side's."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from dojo.core import files
from dojo.core.places import ROOT, BadInput, Kata, choose, find_side, shown
from dojo.core.screen import Screen, write
from dojo.judge import plugin, pool
from dojo.learner.test import UNUSED, Work
from dojo.report import failure, tape_page
from dojo.report.others import sentence
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape import lanes


class Taken(plugin.Outcome):
    """Judges the test that is asked for, on one side or on two, and keeps its verdicts with their tapes."""

    def __init__(self, kata: Kata, test: str, sides: list[str]) -> None:
        """`test` is a number in the suite, a part of a name, or empty for the first red one, or else the first."""
        self.verdicts: list[tuple[str, Verdict]] = []  # each with its side
        self.place = ""  # which test it is
        self._kata, self._test, self._sides = kata, test, sides

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge, in the way in which `make test` does."""
        items = [item for item in session.items if isinstance(item, pytest.Function)]
        if self._test:
            number = self._chosen([item.name for item in items])
            verdict = _judged(items[number], self._sides[0])
        else:
            number, verdict = _first_red(items, self._sides[0])
        self.place = f"test {number + 1} of {len(items)}"
        self.verdicts = [(self._sides[0], verdict)]
        self.verdicts += [(side, _judged(items[number], side)) for side in self._sides[1:]]
        return True

    def _chosen(self, names: list[str]) -> int:
        """The place of the test that T= means. Raises BadInput."""
        if re.fullmatch("[0-9]{1,9}", self._test):
            if 1 <= int(self._test) <= len(names):
                return int(self._test) - 1
            raise BadInput(f"T={self._test}: {self._kata.id} has tests 1 to {len(names)}")
        part = self._test.lower()
        for number, name in enumerate(names):
            if part in name.lower() or part in sentence(name).lower():
                return number
        raise BadInput(f"T={self._test}: no test of {self._kata.id} has this in its name; T= also takes a number")


def _judged(item: pytest.Function, side: str) -> Verdict:
    """The verdict on one test."""
    return _first_red([item], side)[1]


def _first_red(items: list[pytest.Function], side: str) -> tuple[int, Verdict]:
    """The first red test and its place, or else the first test."""
    first: Verdict | None = None
    judging = pool.Pool(len(items), Work([*items], side))
    try:
        for number, verdict in enumerate(judging.verdicts()):
            first = first or verdict
            if verdict.kind.red:
                return number, verdict
    finally:
        judging.close()
    assert first is not None
    return 0, first


def run(wanted: str, side: str) -> int:
    """Print the tape of one test, or write it to the page that HTML= names; 3 if the engine failed.

    Raises BadInput for another number of katas than one, for a T= that names no test, for a WITH= that is no side,
    and for an HTML= that cannot be written.
    """
    chosen = choose(wanted) if wanted else []
    if len(chosen) != 1:
        raise BadInput("make tape takes one kata, as in K=2.1")
    html, other = os.environ.get("HTML", ""), os.environ.get("WITH", "")
    if other:
        find_side(other, "WITH")
    page = _place(html) if html else None
    taken = Taken(chosen[0], os.environ.get("T", "").strip(), [side, *[other] * bool(other)])
    supervisor.KEEP_TAPES = True
    arguments = ["--noconftest", *UNUSED, f"--side={side}", "-s", str(chosen[0].suite)]
    status = pytest.main(arguments, plugins=[plugin, taken])
    if taken.refused is not None:
        raise taken.refused
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if not taken.verdicts:
        return int(status) or 3
    if page is None:
        write([line for name, verdict in taken.verdicts for line in _told(verdict, taken.place, name)][:-1])
    else:
        _save(page, tape_page.page(taken.verdicts, taken.place))
        write([Screen.of(sys.stdout).spell(f"{shown(page)} shows the tape of {taken.place}: open it in a browser")])
    return 3 if any(verdict.kind is Kind.FAULT for _, verdict in taken.verdicts) else 0


def _told(verdict: Verdict, place: str, side: str) -> list[str]:
    """A whole tape as lines, below what it is the tape of, and an empty line."""
    screen = Screen.of(sys.stdout)
    title = f"{verdict.kata}  {verdict.name} · {sentence(verdict.test)}"
    lines = [screen.paint(screen.spell(title), "bold"), screen.spell(f"  {place} on {side}: {verdict.kind.word}")]
    if verdict.kind is not Kind.PASSED:
        lines += [screen.spell(f"  {line}") for line in (failure.first_words(verdict) or verdict.words).splitlines()]
    lines += ["", *failure.predictions(verdict, screen)]
    rows = failure.rows_of(verdict)
    drawn = lanes.whole(rows, screen, 1000 * verdict.seconds, failure.who_acts(verdict)) if rows else []
    drawn = drawn or ["  no call on a socket in this test"]
    return [*lines, screen.paint(screen.spell(drawn[0]), "dim"), *map(screen.spell, drawn[1:]), ""]


def _place(asked: str) -> Path:
    """Where the page will be: nothing is there, or a page of this command's. Raises BadInput."""
    page = ROOT / Path(asked).expanduser()
    try:
        if os.path.lexists(page):
            if not page.is_file():
                raise BadInput(f"HTML={asked} is there already, and no file: say where the page shall be")
            with page.open("rb") as file:
                if tape_page.GENERATOR.encode() not in file.read(tape_page.BEGINNING):
                    raise BadInput(f"HTML={asked} was not written by make tape, and stays as it is: take a new name")
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(asked, error) from None
    return page


def _save(page: Path, text: str) -> None:
    try:
        files.write_whole(_place(str(page)), text.encode())
    except OSError as error:
        raise _unwritable(shown(page), error) from None


def _unwritable(asked: str, error: Exception) -> BadInput:
    return BadInput(f"HTML={asked} cannot be written: {getattr(error, 'strerror', None) or error}")
