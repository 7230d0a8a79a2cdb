"""A helper process that judges tests for somebody who must not fork.

The workers of pytest-xdist run threads beside the test, and a fork from there
may hang for ever. So they start this process, which has one thread, has every
suite collected and forks for each test. One line of JSON asks, one answers.
"""

from __future__ import annotations

import functools
import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dojo.places import ROOT, kata_of


class Remote:
    """The helper process, seen from outside."""

    def __init__(self, before: Sequence[str] = (), suites: Sequence[str] = (), **more: str) -> None:
        """Start it; `before` is a command to run it under, `more` goes into its environment.

        It collects these `suites`; all that there are, if none is named.
        """
        environment = os.environ | {"PYTHONPATH": str(ROOT / "tests"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | more
        for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
            environment.pop(name, None)
        self._start = functools.partial(
            subprocess.Popen,
            [*before, sys.executable, "-m", "dojo.server", *suites],
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

    def judge(self, nodeid: str, module: Path, deadline: float | None = None, coverage: str = "") -> dict[str, Any]:
        """The verdict on one test, with `module` as the kata's file; the deadline is in seconds."""
        from dojo import plugin, supervisor

        request = {"nodeid": nodeid, "module": str(module), "deadline": deadline, "coverage": coverage}
        patience = (deadline or supervisor.DEADLINE) + supervisor.PATIENCE
        if self._process.poll() is not None:  # it was killed after its last verdict
            self._renew()
        try:
            verdict: dict[str, Any] = self._ask(request, patience)
        except (EOFError, BrokenPipeError):  # the test has killed the process, or stopped it
            self._renew()
            suite, _, test = nodeid.partition("::")
            kata = kata_of(ROOT / suite)
            assert kata is not None
            return supervisor.lost() | plugin.identity(kata, test, module)
        return verdict

    def _renew(self) -> None:
        self._process.kill()
        self.close()
        self._process = self._start()

    def suite(self, path: Path) -> list[dict[str, Any]]:
        """The tests of a suite with their hints and what the stub shows in them."""
        tests: list[dict[str, Any]] = self._ask({"suite": str(path)})
        return tests

    def _ask(self, request: dict[str, Any], patience: float | None = None) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        os.write(self._process.stdin.fileno(), json.dumps(request).encode() + b"\n")
        poll = select.poll()
        poll.register(self._process.stdout, select.POLLIN)
        answer = self._process.stdout.readline() if poll.poll(patience and patience * 1000) else b""
        if not answer:
            raise EOFError("the process that judges has ended")
        return json.loads(answer)

    def close(self) -> None:
        """End the process; a test that is under way ends with it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Serve:
    """The plugin that turns a pytest run into the helper."""

    def __init__(self, answers: int) -> None:
        self._answers = answers

    def pytest_runtestloop(self, session: Any) -> bool:
        """Answer requests until nobody asks any more."""
        from dojo import child

        if session.testsfailed:
            return True
        items = {item.nodeid: item for item in session.items}
        child.prepare()
        buffer = b""
        while data := os.read(0, 65536):
            buffer += data
            while b"\n" in buffer:
                line, buffer = buffer.split(b"\n", 1)
                os.write(self._answers, json.dumps(self._answer(items, json.loads(line))).encode() + b"\n")
        return True

    @staticmethod
    def _answer(items: dict[str, Any], request: dict[str, Any]) -> Any:
        from dojo.plugin import deadline_of, judge

        if "suite" in request:
            return [
                {
                    "nodeid": nodeid,
                    "name": item.originalname,
                    "hints": [hint for mark in item.iter_markers("hints") for hint in mark.args],
                    "on_stub": [words for mark in item.iter_markers("on_stub") for words in mark.args],
                    "deadline": deadline_of(item),
                }
                for nodeid, item in items.items()
                if str(item.path) == request["suite"]
            ]
        item, module = items[request["nodeid"]], Path(request["module"])
        return judge(item, module, request["deadline"], 0, request["coverage"])


def main() -> int:
    """Serve on standard input and output."""
    import pytest

    from dojo import system

    system.die_with_parent()
    answers = os.dup(1)
    os.dup2(2, 1)
    suites = sys.argv[1:] or [str(path) for path in sorted((ROOT / "tests").glob("[0-9]_*"))]
    return int(pytest.main(["-s", "-pno:terminal", "--rootdir", str(ROOT), *suites], plugins=[Serve(answers)]))


if __name__ == "__main__":
    sys.exit(main())
