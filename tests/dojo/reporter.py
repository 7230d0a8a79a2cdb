"""`make test`: one line a kata as it is judged, the first red test in full, one line to end."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from dojo import plugin, report
from dojo.places import Kata, choose, kata_of
from dojo.screen import Screen, write

# Parts of pytest that these runs do not use, and that cost time to set up.
UNUSED = [
    f"-pno:{name}"
    for name in (
        "terminal", "faulthandler", "logging", "doctest", "pastebin", "junitxml", "threadexception",
        "unraisableexception", "stepwise", "setuponly", "setupplan", "debugging", "legacypath", "recwarn",
    )
]  # fmt: skip
MARKS = {"passed": "✓", "failed": "✗", "not begun": "○"}


class Reporter:
    """Collects the verdicts of a run and prints them."""

    def __init__(self, screen: Screen, side: str) -> None:
        self.screen = screen
        self.side = side
        self.broken = False
        self.first: dict[str, Any] | None = None
        self.green = 0
        self.red = 0
        self._kata: Kata | None = None
        self._verdicts: list[dict[str, Any]] = []
        self._unrun = 0
        self._skipped: list[str] = []
        self._chapter = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Notice where one kata ends and the next begins; after a hang leave the kata's other tests out."""
        kata = kata_of(item.path)
        if kata != self._kata:
            self._close()
            self._kata = kata
        if any(verdict["verdict"] == "hung" for verdict in self._verdicts):
            self._unrun += 1
            return True
        return None

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take a verdict down."""
        if report.skipped:
            self._skipped.append(str(report.longrepr[2]))
        elif hasattr(report, "kata"):
            self._verdicts.append(report.kata)
            if report.failed and self.first is None:
                self.first = report.kata

    def pytest_collectreport(self, report: Any) -> None:
        """A suite that cannot be collected is the repository's fault: say so."""
        if report.failed:
            self.broken = True
            print(f"{report.nodeid}: {report.longrepr}", file=sys.stderr)

    def pytest_internalerror(self, excrepr: Any) -> bool:
        """The engine failed: that is a bug of ours, and no verdict."""
        self.broken = True
        print(f"the engine failed, please report it:\n{excrepr}", file=sys.stderr)
        return True

    def pytest_sessionfinish(self) -> None:
        """The last kata's line, the first red test and the summary."""
        if self.broken:
            return
        self._close()
        lines: list[str] = []
        if self.first is not None:
            lines += ["", *report.render(self.first, self.screen)]
        total = self.green + self.red
        if total:
            side = self.side if len(self.side) <= 30 else f"…{self.side[-29:]}"
            katas = f"{self.green} of {total} kata{'s' * (total != 1)} green on {side}"
            lines += ["", self.screen.paint(self.screen.spell(katas), "green" if not self.red else "yellow")]
            write(lines)

    def _close(self) -> None:
        if self._kata is None:
            return
        kata, verdicts = self._kata, self._verdicts
        if kata.directory != self._chapter and verdicts:
            self._chapter = kata.directory
            write([self.screen.paint(kata.directory.replace("_", " "), "bold")])
        kinds = Counter(v["verdict"] for v in verdicts)
        passed, total = kinds.pop("passed", 0), len(verdicts) + self._unrun
        untouched = bool(verdicts) and all(v.get("kind") == "not written yet" for v in verdicts)
        good = passed == total
        self.green, self.red = self.green + good, self.red + (not good)
        mark = MARKS["passed" if good else "not begun" if untouched else "failed"]
        seconds = sum(v["seconds"] for v in verdicts)
        tests = f"{total} tests" if good else f"{passed} of {total}"
        detail = [] if good else ["not written yet"] if untouched else [f"{n} {kind}" for kind, n in kinds.items()]
        if self._unrun:
            detail.append(f"{self._unrun} left out")
        if self._skipped:
            detail.append(f"{len(self._skipped)} skipped: {self._skipped[0].removeprefix('Skipped: ')}")
        room = 36 if self.screen.width >= 76 else 24
        line = f"  {mark} {kata.id:<5}{kata.name[:room]:<{room}} {tests:>8}"
        for part in detail:
            if len(line) + 2 + len(part) <= self.screen.width:
                line += f"  {part}"
        if seconds >= 0.5 and len(line) + 8 < self.screen.width:
            line = f"{line}  {seconds:.1f} s"
        colour = "green" if good else "dim" if untouched else "red"
        write([self.screen.paint(self.screen.spell(line.rstrip()[: self.screen.width]), colour)])
        self._verdicts, self._unrun, self._skipped, self._kata = [], 0, [], None


def run(wanted: str, side: str) -> int:
    """Judge the katas that `wanted` names on `side`; 0 if all are green, 1 if not."""
    suites = [str(kata.suite) for kata in choose(wanted)]
    screen = Screen.of(sys.stdout)
    reporter = Reporter(screen, side)
    options = ["--noconftest", *UNUSED, f"--side={side}", "-s"]
    status = pytest.main([*options, *suites], plugins=[plugin, reporter])
    return 3 if reporter.broken else int(status)
