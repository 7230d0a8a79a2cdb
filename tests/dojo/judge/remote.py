"""Processes that judge for somebody who must not fork for each test, or must not be the parent of one.

A test can end or stop its parent. So between a pytest run and a test stand two processes:
a worker that judges, and one that watches it (serving.py). A plain run forks that one. The
workers of pytest-xdist run threads beside the test, and a fork from there may hang for
ever: they start it anew, and it collects the suites. One message asks, one answers.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dojo.core import processes
from dojo.core.places import KATAS, ROOT, kata_of
from dojo.core.start import command
from dojo.judge.channel import Channel, verdict_of
from dojo.judge.serving import LOST, Serving
from dojo.judge.single import identified
from dojo.judge.watched import LOOK_AT_WORKER, Watched
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Verdict

JUDGE_ENDING = 10_000  # milliseconds in which it ends, with all that it has started, when nobody asks any more


class Asked:
    """The process that watches, seen from outside."""

    pid: int

    def __init__(self) -> None:
        """Start it."""
        self._begin()

    def judge(self, nodeid: str, module: Path, deadline: float | None = None, coverage: str = "") -> Verdict:
        """The verdict on one test, with `module` as the kata's file; the deadline is in seconds."""
        request = {"nodeid": nodeid, "module": str(module), "deadline": deadline, "coverage": coverage}
        try:
            message = self._ask(request)
        except EOFError:  # the test has gone for this process, too
            self.close()
            self._begin()
            message = LOST
        if message != LOST:
            return verdict_of(message)
        suite, _, test = nodeid.partition("::")
        kata = kata_of(KATAS / suite)
        assert kata is not None
        return identified(supervisor.lost(), kata, test, module)

    def suite(self, path: Path) -> list[dict[str, Any]]:
        """The tests of a suite with their hints and what the stub shows in them."""
        tests: list[dict[str, Any]] = self._ask({"suite": str(path)})["tests"]
        return tests

    def close(self) -> None:
        """End the process; a test that is under way ends with it."""
        self._channel.close()
        processes.wait_for_end(self.pid, JUDGE_ENDING)
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._reap()

    def _begin(self) -> None:
        requests, answers = os.pipe(), os.pipe()
        self._channel = Channel(answers[0], requests[1])
        self.pid = self._start(requests[0], answers[1])
        os.close(requests[0])
        os.close(answers[1])
        self._watched = Watched(self.pid)

    def _ask(self, request: dict[str, Any]) -> Any:
        """The answer. Raises EOFError if none will come."""
        try:
            self._channel.send(request)
        except BrokenPipeError:  # it was killed after its last answer
            self.close()
            self._begin()
            self._channel.send(request)
        self._watched.begin()
        return self._channel.receive(LOOK_AT_WORKER, self._is_lost)

    def _start(self, requests: int, answers: int) -> int:
        """Start it with these ends of its pipes; its number."""
        raise NotImplementedError

    def _is_lost(self) -> bool:
        return self._watched.is_lost()

    def _reap(self) -> None:
        os.waitpid(self.pid, 0)


class Forked(Asked):
    """One that is forked from a process with one thread, which has collected the tests."""

    def __init__(self, items: dict[str, Any]) -> None:
        """Fork it; these tests can be asked for, by their names."""
        self._items = items
        super().__init__()

    def _start(self, requests: int, answers: int) -> int:
        pid = processes.fork()
        if pid == 0:
            try:
                os.setsid()
                self._channel.close()
                processes.die_with_parent(signal.SIGCONT)
                Serving(self._items, Channel(requests, answers)).run()
            finally:
                os._exit(0)
        return pid


class Remote(Asked):
    """One that is started anew."""

    def __init__(self, before: Sequence[str] = (), suites: Sequence[str] = (), **more: str) -> None:
        """Start it; `before` is a command to run it under, `more` goes into its environment.

        It collects these `suites`; all that there are, if none is named.
        """
        self._environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | more
        for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
            self._environment.pop(name, None)
        self._under = bool(before)
        self._command = [*before, *command("dojo.judge.remote", *suites)]
        super().__init__()

    def _start(self, requests: int, answers: int) -> int:
        self._process = subprocess.Popen(
            self._command, stdin=requests, stdout=answers, env=self._environment, cwd=ROOT, start_new_session=True
        )
        return self._process.pid

    def _is_lost(self) -> bool:
        return not self._under and super()._is_lost()  # a tracer sleeps while the traced process works

    def _reap(self) -> None:
        self._process.wait()


class Serve:
    """The plugin that turns a pytest run into the process that is asked."""

    def __init__(self, answers: int) -> None:
        self._channel = Channel(0, answers)

    def pytest_runtestloop(self, session: Any) -> bool:
        """Answer requests until nobody asks any more."""
        if not session.testsfailed:
            Serving({item.nodeid: item for item in session.items}, self._channel).run()
        return True


def main() -> int:
    """Serve on standard input and output."""
    import pytest

    processes.die_with_parent(signal.SIGCONT)
    answers = os.dup(1)
    os.dup2(2, 1)
    suites = sys.argv[1:] or [str(path) for path in sorted((KATAS / "tests").glob("[0-9]_*"))]
    where = ["--noconftest", "-pdojo.judge.plugin", f"-c{ROOT / 'pyproject.toml'}", f"--rootdir={KATAS}"]
    return int(pytest.main(["-s", "-pno:terminal", *where, *suites], plugins=[Serve(answers)]))


if __name__ == "__main__":
    sys.exit(main())
