"""A helper process that judges tests for somebody who must not fork.

The workers of pytest-xdist run threads beside the test, and a fork from there
may hang for ever. So they start this process, which has one thread, has every
suite collected and forks for each test. One message asks, one answers.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dojo.core import processes
from dojo.core.places import ROOT, kata_of
from dojo.core.start import command
from dojo.judge.channel import Channel, fault_message, verdict_message, verdict_of
from dojo.judge.single import deadline_of, identified, judge
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Verdict


class Remote:
    """The helper process, seen from outside."""

    def __init__(self, before: Sequence[str] = (), suites: Sequence[str] = (), **more: str) -> None:
        """Start it; `before` is a command to run it under, `more` goes into its environment.

        It collects these `suites`; all that there are, if none is named.
        """
        environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | more
        for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
            environment.pop(name, None)
        self._start = functools.partial(
            subprocess.Popen,
            [*before, *command("dojo.judge.remote", *suites)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
        )
        self._process = self._start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def judge(self, nodeid: str, module: Path, deadline: float | None = None, coverage: str = "") -> Verdict:
        """The verdict on one test, with `module` as the kata's file; the deadline is in seconds."""
        request = {"nodeid": nodeid, "module": str(module), "deadline": deadline, "coverage": coverage}
        limit = (deadline or supervisor.DEADLINE) + supervisor.LOST
        if self._process.poll() is not None:  # it was killed after its last verdict
            self._renew()
        try:
            return verdict_of(self._ask(request, limit))
        except (EOFError, BrokenPipeError):  # the test has killed the process, or stopped it
            self._renew()
            suite, _, test = nodeid.partition("::")
            kata = kata_of(ROOT / suite)
            assert kata is not None
            return identified(supervisor.lost(), kata, test, module)

    def _renew(self) -> None:
        self._process.kill()
        self.close()
        self._process = self._start()

    def suite(self, path: Path) -> list[dict[str, Any]]:
        """The tests of a suite with their hints and what the stub shows in them."""
        tests: list[dict[str, Any]] = self._ask({"suite": str(path)})["tests"]
        return tests

    def _ask(self, request: dict[str, Any], limit: float | None = None) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        channel = Channel(self._process.stdout.fileno(), self._process.stdin.fileno())
        channel.send(request)
        return channel.receive(limit)

    def close(self) -> None:
        """End the process; a test that is under way ends with it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Serve:
    """The plugin that turns a pytest run into the helper."""

    def __init__(self, answers: int) -> None:
        self._channel = Channel(0, answers)

    def pytest_runtestloop(self, session: Any) -> bool:
        """Answer requests until nobody asks any more."""
        from dojo.sandbox import child

        if session.testsfailed:
            return True
        items = {item.nodeid: item for item in session.items}
        child.prepare()
        try:
            while True:
                for request in self._channel.take():
                    self._channel.send(self._answer(items, request))
        except EOFError:
            return True

    def _answer(self, items: dict[str, Any], request: dict[str, Any]) -> Any:
        try:
            if "suite" in request:
                return {"tests": [_told(item) for item in items.values() if str(item.path) == request["suite"]]}
            item, module = items[request["nodeid"]], Path(request["module"])
            return verdict_message(judge(item, module, request["deadline"], self._channel.reader, request["coverage"]))
        except Exception:
            return fault_message(traceback.format_exc())


def _told(item: Any) -> dict[str, Any]:
    """What there is to know of a test before it is judged."""
    return {
        "nodeid": item.nodeid,
        "name": item.originalname,
        "hints": [hint for mark in item.iter_markers("hints") for hint in mark.args],
        "on_stub": [words for mark in item.iter_markers("on_stub") for words in mark.args],
        "deadline": deadline_of(item),
    }


def main() -> int:
    """Serve on standard input and output."""
    import pytest

    processes.die_with_parent()
    answers = os.dup(1)
    os.dup2(2, 1)
    suites = sys.argv[1:] or [str(path) for path in sorted((ROOT / "tests").glob("[0-9]_*"))]
    return int(pytest.main(["-s", "-pno:terminal", "--rootdir", str(ROOT), *suites], plugins=[Serve(answers)]))


if __name__ == "__main__":
    sys.exit(main())
