"""`make hint`: the next hint of the first red test, one more at each call."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import Any

import pytest

from dojo.core.places import ROOT, BadInput, choose, kata_of
from dojo.core.screen import Screen, write
from dojo.judge import plugin
from dojo.learner.test import UNUSED
from dojo.report.failure import sentence

GIVEN = ROOT / ".dojo" / "hints.json"  # how many hints each test has given; deleting it loses nothing else


class FirstRed:
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
    if status == pytest.ExitCode.INTERRUPTED and first.item is None:
        raise KeyboardInterrupt
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
    number = min(_given(item.nodeid), len(texts) - 1)
    head = f"{kata.id}  {kata.name} · {sentence(item.name)}"
    lines = [screen.paint(screen.spell(head), "bold"), f"  hint {number + 1} of {len(texts)}"]
    lines += textwrap.wrap(screen.spell(texts[number]), screen.width, initial_indent="  ", subsequent_indent="  ")
    if number + 1 == len(texts):
        lines += ["  That was the last hint; the reference is in", f"  solutions/{kata.path}"]
    return lines


def _given(nodeid: str) -> int:
    """How many hints a test has given before, this one counted from now on."""
    try:
        counts = json.loads(GIVEN.read_text())
        before = int(counts.get(nodeid, 0))
    except (OSError, ValueError, AttributeError):
        counts, before = {}, 0
    counts[nodeid] = before + 1
    try:
        GIVEN.parent.mkdir(exist_ok=True)
        GIVEN.write_text(json.dumps(counts, indent=1))
    except OSError:
        pass  # in a read-only directory each call gives the first hint
    return before
