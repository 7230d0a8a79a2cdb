"""Judge every hostile answer in one run, a right one after each: a pytest plugin.

CORPUS_WAY says how: "pytest" and "xdist" are plain runs, "pool" judges as
`make test` does. The verdicts go to the file CORPUS_VERDICTS, one a line.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dojo.core.places import ROOT, kata_of
from dojo.judge import plugin, pool, single
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Verdict

TEST = "tests/2_nonblocking/test_01_accept_would_block.py::test_nobody_is_connecting"
SOLUTION = ROOT / "solutions/2_nonblocking/01_accept_would_block.py"
WAY = os.environ.get("CORPUS_WAY", "")
HEADER = re.compile(r"^(verdict|words|deadline): *(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """A hostile answer, and what its docstring declares."""

    path: Path
    verdicts: list[str]
    words: str
    deadline: float

    @classmethod
    def at(cls, path: Path) -> Answer:
        """The answer in a file. What hangs gets less time than it would, and the rest more: the runs overlap."""
        said = dict(HEADER.findall(ast.get_docstring(ast.parse(path.read_text())) or ""))
        deadline = float(said.get("deadline", 0.7 if said["verdict"] == "hung" else 3 * supervisor.DEADLINE))
        return cls(path, said["verdict"].split(" or "), said["words"], deadline)


# Where they are judged they are copies: some change their own file.
PLACE = Path(os.environ.get("CORPUS_ANSWERS") or Path(__file__).parent / "hostile")
ANSWERS = [Answer.at(path) for path in sorted(PLACE.glob("*.py"))]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two tests for each answer in the place of the one that was collected."""
    found = items.pop()
    assert isinstance(found, pytest.Function) and not items
    for answer in ANSWERS:
        for module in (answer.path, SOLUTION):
            item = pytest.Function.from_parent(found.parent, name=found.name, callobj=found.obj)
            item.stash[MODULE] = module
            item.add_marker(pytest.mark.deadline(answer.deadline if module is answer.path else 20))
            items.append(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """Each test has an answer of its own."""
    item.config.stash[plugin.BENCH]._side = item.stash[MODULE]
    return (yield)


def pytest_runtest_logreport(report: Any) -> None:
    """Take the verdict down, in the process that reports to people."""
    if hasattr(report, "kata") and "PYTEST_XDIST_WORKER" not in os.environ:
        _take_down(report.kata)


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Judge as `make test` does, if that is the way."""
    if WAY != "pool":
        return None
    for verdict in pool.Pool(len(session.items), Work(session.items)).verdicts():
        _take_down(verdict.to_json())
    return True


class Work:
    """The tests as the pool wants them."""

    def __init__(self, items: list[pytest.Item]) -> None:
        self._items: list[Any] = items

    def prepare(self, number: int) -> None:
        raise NotImplementedError("nothing is forked ahead here")

    def judge(self, number: int, lifeline: int) -> Verdict:
        item = self._items[number]
        return single.judge(item, item.stash[MODULE], lifeline=lifeline)

    def lost(self, number: int) -> Verdict:
        item = self._items[number]
        kata = kata_of(item.path)
        assert kata is not None
        return single.identified(supervisor.lost(), kata, item.name, item.stash[MODULE])

    def known(self, number: int) -> None:
        return None

    def arrived(self, number: int, verdict: Verdict) -> None:
        pass


def _take_down(verdict: dict[str, Any]) -> None:
    with open(os.environ["CORPUS_VERDICTS"], "a") as file:
        file.write(json.dumps(verdict) + "\n")


MODULE = pytest.StashKey[Path]()
