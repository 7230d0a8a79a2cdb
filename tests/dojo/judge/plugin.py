"""pytest, taught to judge katas: each test in a process of its own, on the side that was chosen."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.reports import TestReport
from _pytest.skipping import evaluate_skip_marks

from dojo.core.places import BadInput, Kata, find_side, kata_of, module_path
from dojo.core.screen import Screen
from dojo.judge.remote import Remote
from dojo.report import failure
from dojo.sandbox import supervisor
from dojo.suite.fixtures import background, connect, epoll, kata, keep, listener, pair, selector, tape, unix_pair

MARKS = (
    "hints(*texts): what `make hint` tells, from a nudge to nearly the answer",
    "on_stub(words): what the stub's report shows in this test",
    "untraced: the test measures time, which a system call tracer changes",
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
        enough_descriptors()
    except BadInput as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[BENCH] = Bench(config, side)
    if not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, _terminated)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the helper process, if there is one."""
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


def enough_descriptors(need: int = 64) -> None:
    """Raise BadInput where the tests have no room for their sockets."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < need <= hard or hard == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, need), hard))
    elif soft < need:
        raise BadInput(f"the tests need {need} open descriptors and this shell allows {soft}: say ulimit -n {need}")


def deadline_of(item: pytest.Item) -> float:
    """Seconds that a test has."""
    mark = item.get_closest_marker("deadline")
    return float(mark.args[0]) if mark else supervisor.DEADLINE


class Bench:
    """Where tests are judged: in this process, or through a helper where this one has threads."""

    def __init__(self, config: pytest.Config, side: Path) -> None:
        self._side = side
        self._config = config
        self._remote: Remote | None = None
        self._broken: dict[Path, dict[str, Any]] = {}

    def close(self) -> None:
        """End the helper."""
        if self._remote is not None:
            self._remote.close()

    def judge(self, item: pytest.Function, kata: Kata) -> Iterator[TestReport]:
        """The reports of one test: its beginning, the test, its end."""
        yield self._report(item, "setup", "passed", 0.0, None)
        skipped = evaluate_skip_marks(item)
        if skipped is not None:
            where = (str(item.path), item.location[1] or 0, f"Skipped: {skipped.reason}")
            yield self._report(item, "call", "skipped", 0.0, where)
            return
        verdict = self.verdict(item, module_path(self._side, kata))
        if verdict["verdict"] == "skipped":  # by the suite: this machine cannot show the behaviour
            where = (str(item.path), item.location[1] or 0, f"Skipped: {verdict['words']}")
            yield self._report(item, "call", "skipped", verdict["seconds"], where)
            return
        made = self._report(item, "call", "passed", verdict["seconds"], None)
        made.kata = verdict  # type: ignore[attr-defined]
        if verdict["verdict"] != "passed":
            made.outcome = "failed"
            made.longrepr = "\n".join(failure.render(verdict, Screen.plain(), side=self._config.getoption("side")))
        if verdict["output"]:
            # pytest writes it as it is: control sequences must not get through to the terminal.
            made.sections.append(("Captured output", Screen.plain().spell(verdict["output"].expandtabs())))
        yield made
        yield self._report(item, "teardown", "passed", 0.0, None)

    def verdict(self, item: pytest.Function, module: Path) -> dict[str, Any]:
        """The verdict on one test; a module that cannot be imported is asked only once."""
        if module in self._broken:
            return self._broken[module] | {"test": item.name, "seconds": 0.0}
        if hasattr(self._config, "workerinput"):
            self._remote = self._remote or Remote(suites=sorted({str(one.path) for one in item.session.items}))
            verdict = self._remote.judge(item.nodeid, module, deadline_of(item))
        else:
            verdict = judge(item, module)
        if verdict.get("whole_kata"):
            self._broken[module] = verdict
        return verdict

    @staticmethod
    def _report(item: pytest.Item, when: Any, outcome: Any, seconds: float, longrepr: Any) -> TestReport:
        return TestReport(
            item.nodeid, item.location, dict.fromkeys(item.keywords, 1), outcome, longrepr, when, duration=seconds
        )


BENCH = pytest.StashKey[Bench]()


def judge(
    item: pytest.Function,
    module: Path,
    deadline: float | None = None,
    lifeline: int | None = None,
    coverage: str = "",
    prepared: supervisor.Prepared | None = None,
) -> dict[str, Any]:
    """The verdict on one test with all that a report needs; its process may have been `prepared`."""
    kata = kata_of(item.path)
    assert kata is not None
    try:
        prepared = prepared or supervisor.prepare(item, module, coverage)
        verdict = supervisor.finish(prepared, deadline or deadline_of(item), lifeline)
    except supervisor.Interrupted:
        raise KeyboardInterrupt from None
    return verdict | identity(kata, item.name, module)


def identity(kata: Kata, test: str, module: Path) -> dict[str, str]:
    """What a report needs to know beside the verdict."""
    return {"kata": kata.id, "name": kata.name, "test": test, "module": str(module), "suite": str(kata.suite)}


def _terminated(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


__all__ = ["background", "connect", "epoll", "kata", "keep", "listener", "pair", "selector", "tape", "unix_pair"]
