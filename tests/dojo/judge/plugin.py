"""pytest, taught to judge katas: each test in a process of its own, on the side that was chosen."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _pytest.reports import TestReport
from _pytest.skipping import evaluate_skip_marks

from dojo.core import processes
from dojo.core.maker import end_as_after_ctrl_c
from dojo.core.places import KATAS, BadInput, Kata, find_side, kata_of, module_path
from dojo.core.screen import Screen
from dojo.judge.remote import Asked, Forked, Remote
from dojo.judge.single import deadline_of
from dojo.report import failure
from dojo.sandbox import surroundings
from dojo.sandbox.verdict import Kind, Verdict

pytest_plugins = "dojo.suite.fixtures"
_fault = False  # of the engine, in this run
MARKS = (
    "hints(*texts, when): what `make hint` tells, from a nudge to nearly the answer; when: of which failure",
    "requirement(*numbers): what the test is about, by the numbers in the brief",
    "on_stub(words): what the stub's report shows in this test",
    "sweep: run once more for each call that may fail",
    "deadline(seconds): the time that the test has",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that chooses the side."""
    group = parser.getgroup("katas")
    group.addoption("--side", default="katas", help="katas, solutions, or any directory laid out like them")


def pytest_configure(config: pytest.Config) -> None:
    """Find the side; make sure that an end from outside still cleans up."""
    for mark in MARKS:
        config.addinivalue_line("markers", mark)
    try:
        _one_side(config)
        side = find_side(config.getoption("side"))
        surroundings.check()
    except BadInput as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[BENCH] = Bench(config, side)
    if hasattr(config, "workerinput"):
        processes.die_with_parent()  # xdist would notice only after some seconds
    else:
        end_as_after_ctrl_c()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list[Any]) -> None:
    """Start the workers of -n isolated: with -c, Python would look for its own modules in the current directory."""
    for spec in specs:
        if spec.popen and not spec.python:
            spec.python = f"{shlex.quote(sys.executable)} -I"


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what judges, if anything has judged."""
    bench = config.stash.get(BENCH, None)
    if bench is not None:
        bench.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Judge a kata's test; leave every other test to pytest."""
    judged = kata_of(item.path)
    if judged is None or not isinstance(item, pytest.Function):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for made in item.config.stash[BENCH].judge(item, judged):
        item.ihook.pytest_runtest_logreport(report=made)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _one_side(config: pytest.Config) -> None:
    """Raise BadInput where --side is said more than once: one of them would be judged in silence."""
    if hasattr(config, "workerinput"):
        return  # what the first process was told was looked at there
    said = [*shlex.split(os.environ.get("PYTEST_ADDOPTS", "")), *map(str, config.invocation_params.args)]
    if sum(word == "--side" or word.startswith("--side=") for word in said) > 1:
        raise BadInput("--side is given more than once: one run judges one side")


def pytest_runtest_logreport(report: Any) -> None:
    """Remember a fault of the engine: it is nobody's red test."""
    global _fault
    _fault = _fault or getattr(report, "kata", {}).get("kind") == Kind.FAULT.word


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """End with the status that says so."""
    if _fault:
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR


class Outcome:
    """What stopped a run of pytest before its end, to be told by whoever started it."""

    broken: str = ""  # why there are no verdicts, where that is a fault of the repository
    refused: BadInput | None = None  # something is missing round us

    def pytest_internalerror(self, excrepr: Any, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Take down what it was; a bug is shown in full."""
        if isinstance(excinfo.value, BadInput):
            self.refused = excinfo.value
        else:
            self.broken = "the engine failed"
            print(f"the engine failed, please report it:\n{excrepr}", file=sys.stderr)
        return True


class Bench:
    """Where tests are judged: in processes of their own, whatever a test does to its parent."""

    def __init__(self, config: pytest.Config, side: Path) -> None:
        self._side = side
        self._config = config
        self._asked: Asked | None = None
        self._broken: dict[Path, Verdict] = {}

    def close(self) -> None:
        """End the process that judges."""
        if self._asked is not None:
            self._asked.close()

    def judge(self, item: pytest.Function, kata: Kata) -> Iterator[TestReport]:
        """The reports of one test: its beginning, the test, its end."""
        yield self._report(item, "setup", "passed", 0.0, None)
        skipped = evaluate_skip_marks(item)
        if skipped is not None:
            where = (str(item.path), item.location[1] or 0, f"Skipped: {skipped.reason}")
            yield self._report(item, "call", "skipped", 0.0, where)
            return
        verdict = self.verdict(item, kata)
        if verdict.kind is Kind.SKIPPED:  # by the suite: this machine cannot show the behaviour
            where = (str(item.path), item.location[1] or 0, f"Skipped: {verdict.words}")
            yield self._report(item, "call", "skipped", verdict.seconds, where)
            return
        made = self._report(item, "call", "passed", verdict.seconds, None)
        made.kata = verdict.to_json()  # type: ignore[attr-defined]
        if verdict.kind is not Kind.PASSED:
            made.outcome = "failed"
            made.longrepr = "\n".join(failure.render(verdict, Screen.plain(), self._config.getoption("side")))
        if verdict.output:
            # pytest writes it as it is: control sequences must not get through to the terminal.
            made.sections.append(("Captured output", Screen.plain().spell(verdict.output.expandtabs())))
        yield made
        yield self._report(item, "teardown", "passed", 0.0, None)

    def verdict(self, item: pytest.Function, kata: Kata) -> Verdict:
        """The verdict on one test; a module that cannot be imported is asked only once."""
        module = module_path(self._side, kata)
        if module in self._broken:
            return replace(self._broken[module], test=item.name, seconds=0.0)
        if self._asked is None:
            self._asked = self._start(item.session.items)
        verdict = self._asked.judge(_name(item), module, deadline_of(item))
        if verdict.whole_kata:
            self._broken[module] = verdict
        return verdict

    def _start(self, items: list[pytest.Item]) -> Asked:
        theirs = {_name(item): item for item in items if kata_of(item.path)}
        if hasattr(self._config, "workerinput"):
            # Not item.path: this run may have come to the suites through a link.
            return Remote(suites=sorted({str(kata.suite) for item in theirs.values() if (kata := kata_of(item.path))}))
        return Forked(theirs)

    @staticmethod
    def _report(item: pytest.Item, when: Any, outcome: Any, seconds: float, longrepr: Any) -> TestReport:
        return TestReport(
            item.nodeid, item.location, dict.fromkeys(item.keywords, 1), outcome, longrepr, when, duration=seconds
        )


BENCH = pytest.StashKey[Bench]()


def _name(item: pytest.Item) -> str:
    """The node id of a kata's test as seen from the repository, whatever directory this run calls its root."""
    kata = kata_of(item.path)
    assert kata is not None
    return f"{kata.suite.relative_to(KATAS)}::{item.nodeid.partition('::')[2]}"
