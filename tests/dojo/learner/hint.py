"""`make hint`: the next hint of the first red test, one more at each call."""

from __future__ import annotations

import sys
import textwrap
from typing import Any

import pytest

from dojo.core.places import KATAS, BadInput, Kata, choose, find_side, kata_of, module_path
from dojo.core.screen import Screen, write
from dojo.judge import plugin
from dojo.learner import hints_given, run_log
from dojo.learner.test import UNUSED
from dojo.report.lesson import requirements
from dojo.report.others import sentence
from dojo.sandbox.verdict import Verdict


class FirstRed(plugin.Outcome):
    """Stops the run at the first red test and remembers it."""

    item: pytest.Item | None = None
    verdict: Verdict

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Remember which test comes next."""
        self._now = item

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Stop at a red one."""
        if report.failed and self.item is None:
            self.item, self.verdict = self._now, Verdict.from_json(report.kata)
            self._now.session.shouldfail = "the first red test is found"


def run(wanted: str, side: str) -> int:
    """Print the next hint for the first red test among the katas that `wanted` names."""
    first = FirstRed()
    katas = choose(wanted)
    suites = [str(kata.suite) for kata in katas]
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
        for kata in katas:
            if test := red_before(kata, side):
                write(_wrapped(f"{kata.id} was red before, on the same answer, in the test: {sentence(test)}", screen))
                write(
                    _wrapped("So its verdict depends on which thread, or which end, is faster: there is a race", screen)
                )
        return 0
    write(next_hint(first.item, first.verdict, screen))
    return 0


def red_before(kata: Kata, side: str) -> str:
    """The first red test of a kata's last run, if that was on the answer as it is now; empty if there is none."""
    place = find_side(side)
    runs = [line for line in run_log.lines(place) if line["kata"] == kata.path and line["event"] == run_log.RUN]
    if not runs or runs[-1]["digest"] != run_log.digest(module_path(place, kata)):
        return ""
    return str(runs[-1]["first"])


def next_hint(item: pytest.Item, verdict: Verdict, screen: Screen) -> list[str]:
    """The next hint for a test that ended so, as it is shown; raises BadInput if there is none at all."""
    kata = kata_of(item.path)
    assert kata is not None
    when, texts = fitting(item, verdict)
    if not texts:
        raise BadInput(f"{kata.id} has no hints for the test {item.name}")
    counted = f"{item.name} {when}".rstrip()
    number = min(hints_given.give(item.config.getoption("side"), kata, counted), len(texts) - 1)
    head = f"{kata.id}  {kata.name} · {sentence(item.name)}"
    lines = [screen.paint(screen.spell(head), "bold")]
    asked = requirements(kata)
    for mark in item.iter_markers("requirement"):
        for wanted in mark.args:
            lines += _wrapped(f"requirement {wanted}: {asked[wanted - 1]}", screen)
    lines += [f"  hint {number + 1} of {len(texts)}", *_wrapped(texts[number], screen)]
    if number + 1 == len(texts):
        reference = KATAS / "solutions" / kata.path
        lines += ["  That was the last hint; the reference is " + ("in" if reference.exists() else "not in this copy")]
        lines += [f"  solutions/{kata.path}"] if reference.exists() else []
    return lines


def fitting(item: pytest.Item, verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    """The hints for this failure, and the words of it that they are for; without words, for any."""
    failure = " ".join((verdict.test, verdict.kind.word, verdict.words, verdict.wanted, verdict.got)).casefold()
    marks = sorted(item.iter_markers("hints"), key=lambda mark: not mark.kwargs["when"])
    fits = (mark for mark in marks if mark.kwargs["when"].casefold() in failure)
    return next(((mark.kwargs["when"], mark.args) for mark in fits), ("", ()))


def _wrapped(text: str, screen: Screen) -> list[str]:
    return textwrap.wrap(screen.spell(text), screen.width, initial_indent="  ", subsequent_indent="  ")
