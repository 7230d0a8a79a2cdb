"""`make test`: one line a kata as it is judged, the first red test in full, one line to end."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from _pytest.skipping import evaluate_skip_marks

from dojo.core.places import KATAS, ROOT, Kata, all_katas, choose, find_side, kata_of, module_path
from dojo.core.screen import Screen, write
from dojo.judge import plugin, pool, single
from dojo.learner import run_log
from dojo.report import failure, progress
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Kind, Verdict

REFERENCE = KATAS / "solutions"
# Parts of pytest that these runs do not use, and that cost time to set up; and where it finds its settings.
UNUSED = [f"-c{ROOT / 'pyproject.toml'}", f"--rootdir={KATAS}"] + [
    f"-pno:{name}"
    for name in (
        "terminal", "faulthandler", "logging", "doctest", "pastebin", "junitxml", "threadexception",
        "unraisableexception", "stepwise", "setuponly", "setupplan", "debugging", "legacypath", "recwarn",
    )
]  # fmt: skip
SIGNS = progress.SIGNS | {progress.HUNG: "✗"}  # a line of its own says that it hung


class Work:
    """The tests of a run as the pool wants them."""

    def __init__(self, items: list[pytest.Item], side: str) -> None:
        self._items = [item for item in items if isinstance(item, pytest.Function)]
        self.katas = [kata for item in self._items if (kata := kata_of(item.path))]
        place = find_side(side)
        self._modules = [module_path(place, kata) for kata in self.katas]
        self._prepared: dict[int, supervisor.Prepared] = {}
        self._hung: set[Kata] = set()
        self._broken: dict[Kata, Verdict] = {}

    def digests(self) -> dict[Kata, str]:
        """What each answer is known by, as it is now."""
        modules = dict(zip(self.katas, self._modules, strict=False))
        return {kata: run_log.digest(module) for kata, module in modules.items()}

    def prepare(self, number: int) -> None:
        """Fork the process of a test ahead."""
        self._prepared[number] = supervisor.prepare(self._items[number], self._modules[number])

    def judge(self, number: int, lifeline: int) -> Verdict:
        """The verdict on one test."""
        prepared = self._prepared.pop(number, None)
        return single.judge(self._items[number], self._modules[number], lifeline=lifeline, prepared=prepared)

    def lost(self, number: int) -> Verdict:
        """The verdict on a test under which its worker has ended."""
        return single.identified(supervisor.lost(), self.katas[number], self._items[number].name, self._modules[number])

    def known(self, number: int) -> Verdict | None:
        """A verdict that needs no judging: a skipped test, the rest of a kata that hung or cannot be imported."""
        item, kata = self._items[number], self.katas[number]
        if kata in self._broken:
            return replace(self._broken[kata], test=item.name, seconds=0.0)
        if kata in self._hung:
            return Verdict(Kind.LEFT_OUT)
        skipped = evaluate_skip_marks(item)
        return Verdict(Kind.SKIPPED, words=skipped.reason) if skipped else None

    def arrived(self, number: int, verdict: Verdict) -> None:
        """Remember what makes the other tests of a kata superfluous."""
        if verdict.whole_kata:
            self._broken[self.katas[number]] = verdict
        elif verdict.kind is Kind.HUNG:
            self._hung.add(self.katas[number])


class Reporter(plugin.Outcome):
    """Runs the tests and prints what comes of them."""

    def __init__(self, screen: Screen, side: str) -> None:
        self.screen = screen
        self.side = side
        self._first: Verdict | None = None  # the first red test
        self._others: list[Verdict] = []  # of its kata, that are red as well
        self._green = self._red = self._elsewhere = 0
        self._chapter = ""
        self._digests: dict[Kata, str] = {}
        self._last: tuple[Kata, list[Verdict]] | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge everything, kata by kata."""
        if self.broken:
            return True
        work = Work(session.items, self.side)
        self._digests = work.digests()
        kata, verdicts = work.katas[0], list[Verdict]()
        for next_kata, verdict in zip(work.katas, pool.Pool(len(work.katas), work).verdicts(), strict=True):
            if next_kata != kata:
                self._print_kata(kata, verdicts)
                kata, verdicts = next_kata, []
            verdicts.append(verdict)
            if self._first is None and verdict.kind.red:
                self._first = verdict
            self.broken = self.broken or (verdict.got if verdict.kind is Kind.FAULT else "")
        self._print_kata(kata, verdicts)
        self._print_end()
        session.testsfailed = self._red
        return True

    def pytest_collectreport(self, report: Any) -> None:
        """A suite that cannot be collected is the repository's fault: say so."""
        if report.failed:
            self.broken = "a suite cannot be collected"
            print(f"{report.nodeid}: {report.longrepr}", file=sys.stderr)

    def _print_kata(self, kata: Kata, verdicts: list[Verdict]) -> None:
        screen = self.screen
        self._last = kata, verdicts
        if self._first is not None and self._first.kata == kata.id:
            self._others = [verdict for verdict in verdicts if verdict.kind.red and verdict is not self._first]
        if kata.directory != self._chapter:
            self._chapter = kata.directory
            write([screen.paint(kata.directory.replace("_", " "), "bold")])
        kinds = Counter(verdict.kind for verdict in verdicts)
        passed, skipped = kinds.pop(Kind.PASSED, 0), kinds.pop(Kind.SKIPPED, 0)
        untouched = all(verdict.not_written for verdict in verdicts)
        mark = progress.mark_of([verdict.kind for verdict in verdicts], untouched)
        total = len(verdicts)
        progress.note(self.side, kata, mark)
        run_log.note(self.side, kata, mark, verdicts, total, self._digests[kata])
        good = passed + skipped == total
        elsewhere = mark == progress.ELSEWHERE
        self._green, self._red = self._green + (good and not elsewhere), self._red + (not good)
        self._elsewhere += elsewhere
        details = ["not written yet"] if untouched else [f"{number} {kind.word}" for kind, number in kinds.items()]
        if skipped:
            reason = next(verdict.words for verdict in verdicts if verdict.kind is Kind.SKIPPED)
            details += [progress.ELSEWHERE, reason] if elsewhere else [f"{skipped} skipped: {reason}"]
        seconds = sum(verdict.seconds for verdict in verdicts)
        if seconds >= 0.5:
            details.append(f"{seconds:.1f} s")
        room = 36 if screen.width >= 76 else 24
        tests = f"{total} tests" if good and not elsewhere else f"{passed + skipped * (not elsewhere)} of {total}"
        line = f"  {SIGNS[mark]} {kata.id:<5}{kata.name[:room]:<{room}} {tests:>8}"
        for detail in details:
            if len(line) + 2 + len(detail) <= screen.width:
                line += f"  {detail}"
        write([screen.paint(screen.spell(line), "dim" if untouched or elsewhere else "green" if good else "red")])

    def _print_end(self) -> None:
        screen, total = self.screen, self._green + self._red + self._elsewhere
        side = self.side if len(self.side) <= 30 else f"…{self.side[-29:]}"
        last = f"{self._green} of {total} kata{'s' * (total != 1)} green on {side}"
        last += f", {self._elsewhere} not for this machine" if self._elsewhere else ""
        if self._first is not None:
            # Below it stand an empty line, the score and the prompt.
            height = max(1, screen.height - 4) if screen.height else 0
            write(["", *failure.render(self._first, screen, self.side, self._others, height, first=True)])
        elif total == self._green == 1 and self._last is not None and find_side(self.side) != REFERENCE:
            write(["", *self._after_green(*self._last)])
        write(["", screen.paint(screen.spell(last), "yellow" if self._red else "green")])

    def _after_green(self, kata: Kata, verdicts: list[Verdict]) -> list[str]:
        """Why it matters, what was predicted with the tape as evidence, and what comes next."""
        from dojo.report import lesson  # only here: the start of a test should be fast

        lines = []
        for verdict in verdicts:
            if verdict.predicted:
                lines += [*failure.predictions(verdict, self.screen), *failure.tape_of(verdict, self.screen), ""]
        katas = all_katas() if find_side(self.side).is_dir() else []  # a file holds this kata and no other
        upcoming = progress.next_kata(katas, progress.marks(self.side), kata)
        return lines + lesson.after_green(kata, upcoming, self.screen, self.side)


def run(wanted: str, side: str) -> int:
    """Judge the katas that `wanted` names on `side`; 0 if all are green, 1 if not, 3 if the engine failed."""
    suites = [str(kata.suite) for kata in choose(wanted)]
    reporter = Reporter(Screen.of(sys.stdout), side)
    status = pytest.main(["--noconftest", *UNUSED, f"--side={side}", "-s", *suites], plugins=[plugin, reporter])
    if reporter.refused is not None:
        raise reporter.refused
    return 3 if reporter.broken else int(status)
