"""pytest for `make watch`: it collects the suites once, and then waits in its test loop while we watch."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest

from dojo.core import processes
from dojo.core.places import Kata, kata_of
from dojo.judge import plugin
from dojo.learner import test
from dojo.sandbox import child
from dojo.watch.keyboard import INTERRUPT, SUSPEND, Gone
from dojo.watch.terminal import Terminal


class Collection(plugin.Outcome):
    """The tests of each kata, or why there are none; and what was typed while they were collected."""

    def __init__(self, terminal: Terminal) -> None:
        """Read the keys of `terminal` meanwhile."""
        self.items: dict[Kata, list[pytest.Item]] = {}
        self.typed: list[str] = []
        self._terminal = terminal
        self._left = False

    def run(self, katas: list[Kata], side: str, watch: Callable[[], None]) -> int:
        """Collect, and call `watch` then, unless a key says that nobody wants it. Returns 3 if it is all broken.

        Raises BadInput if something is missing round us.
        """
        self._watch = watch
        suites = [str(kata.suite) for kata in katas]
        status = pytest.main(["--noconftest", *test.UNUSED, f"--side={side}", "-s", *suites], plugins=[plugin, self])
        if self.refused is not None:
            raise self.refused
        return 3 if self.broken and status else 0

    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """Keep what is typed, and end when it says so."""
        while not self._left and processes.poll_for(0).poll(0):
            try:
                keys = self._terminal.pressed()
            except Gone:
                keys = ["q"]
            for key in keys:
                if key == SUSPEND:
                    self._terminal.suspend()
                else:
                    self.typed.append(key)
                    self._left = self._left or key in ("q", INTERRUPT)
        if self._left:
            collector.session.shouldstop = "there is nobody to watch for"

    def pytest_collectreport(self, report: Any) -> None:
        """A suite that cannot be collected is shown, and waits for its next save."""
        if report.failed:
            self.broken = f"{report.nodeid} cannot be collected:\n{report.longrepr}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything is collected: watch."""
        for item in session.items:
            if (kata := kata_of(item.path)) is not None:
                self.items.setdefault(kata, []).append(item)
        gc.collect()
        child.prepare()
        self._watch()
        session.testsfailed = 0
        return True
