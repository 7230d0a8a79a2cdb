"""The engine on a host of `make judge HOSTS=`: jobs come in, a line of JSON a batch, and results go out, one at a time.

It runs in what bundle.py has packed, in a directory of its own, which it removes at its end.
"""

from __future__ import annotations

import base64
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from dojo.core.places import ROOT, Kata, all_katas, kata_of
from dojo.judge import plugin
from dojo.judge.channel import Channel
from dojo.learner.test import UNUSED
from dojo.team import judging
from dojo.team.bundle import SENT
from dojo.team.judge import version
from dojo.team.judging import Job
from dojo.team.results import Told, Where


class Engine(plugin.Outcome):
    """Collects once, then judges one batch after the other until nobody asks any more."""

    def __init__(self, channel: Channel) -> None:
        """Take requests from `channel`, and answer there."""
        self._channel = channel
        self._round = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything is collected: say hello, and work."""
        items: dict[str, list[pytest.Function]] = {}
        for item in session.items:
            if (kata := kata_of(item.path)) is not None and isinstance(item, pytest.Function):
                items.setdefault(kata.path, []).append(item)
        katas = {kata.path: kata for kata in all_katas()}
        suites = {path: version(kata) for path, kata in katas.items()}
        hello = {"python": platform.python_version(), "suites": suites}
        self._channel.send(hello | {"cores": os.cpu_count() or 1})
        try:
            while True:
                batch = self._channel.receive()
                jobs = [_job(one, katas, items) for one in batch["jobs"]]
                self._round = batch["round"]
                for _ in judging.judge(jobs, self._tell, batch["workers"], lifeline=self._channel.reader):
                    pass
                self._channel.send({"ready": True})
        except (EOFError, BrokenPipeError):
            return True

    def _tell(self, job: Job, tests: list[Told], where: Where | None) -> None:
        self._channel.send({"round": self._round, "key": job.key, "tests": [vars(test) for test in tests]})


def _job(one: dict[str, Any], katas: dict[str, Kata], items: dict[str, list[pytest.Function]]) -> Job:
    known = [Told(**test) for test in one["tests"]]
    return Job(one["key"], katas[one["kata"]], base64.b64decode(one["data"]), items[one["kata"]], [*known])


def main() -> int:
    """Serve on standard input and output."""
    requests, answers = os.dup(0), os.dup(1)  # by numbers that no test inherits
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    try:
        engine = Engine(Channel(requests, answers))
        suites = [str(kata.suite) for kata in all_katas()]
        status = pytest.main(["--noconftest", *UNUSED, "-s", *suites], plugins=[plugin, engine])
        if engine.refused is not None:
            print(engine.refused, file=sys.stderr)
        return int(status)
    finally:
        if Path(ROOT / SENT).exists():  # never in a checkout
            shutil.rmtree(ROOT, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
