"""`make hint`: the next hint of the first red test, one more at each call."""

from __future__ import annotations

import sys
import textwrap
from typing import Any

import pytest

from dojo.core.places import ROOT, BadInput, choose, kata_of
from dojo.core.screen import Screen, write
from dojo.judge import plugin
from dojo.learner import hints_given
from dojo.learner.test import UNUSED
from dojo.report.others import sentence


class FirstRed(plugin.Outcome):
    """Stops the run at the first red test and remembers it."""

    item: pytest.Item | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Remember which test comes next."""
        self._now = item

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Stop at a red one."""
        if report.failed and self.item is None:
            self.item = self._now
            self._now.session.shouldfail = "the first red test is found"


def run(wanted: str, side: str) -> int:
    """Print the next hint for the first red test among the katas that `wanted` names."""
    first = FirstRed()
    suites = [str(kata.suite) for kata in choose(wanted)]
    status = pytest.main(["--noconftest", *UNUSED, f"--side={side}", "-s", *suites], plugins=[plugin, first])
    if first.refused is not None:
        raise first.refused
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return int(status)  # what it was has been said
    screen = Screen.of(sys.stdout)
    if first.item is None:
        write([screen.spell(f"K={wanted or 'all'} is green on {side}: there is nothing to hint at")])
        return 0
    write(next_hint(first.item, screen))
    return 0


def next_hint(item: pytest.Item, screen: Screen) -> list[str]:
    """The next hint for a test, as it is shown; raises BadInput if there is none at all."""
    kata = kata_of(item.path)
    assert kata is not None
    mark = item.get_closest_marker("hints")
    texts: tuple[str, ...] = mark.args if mark else ()
    if not texts:
        raise BadInput(f"{kata.id} has no hints for the test {item.name}")
    number = min(hints_given.give(item.config.getoption("side"), kata, item.name), len(texts) - 1)
    head = f"{kata.id}  {kata.name} · {sentence(item.name)}"
    lines = [screen.paint(screen.spell(head), "bold"), f"  hint {number + 1} of {len(texts)}"]
    lines += textwrap.wrap(screen.spell(texts[number]), screen.width, initial_indent="  ", subsequent_indent="  ")
    if number + 1 == len(texts):
        reference = ROOT / "solutions" / kata.path
        lines += ["  That was the last hint; the reference is " + ("in" if reference.exists() else "not in this copy")]
        lines += [f"  solutions/{kata.path}"] if reference.exists() else []
    return lines
