"""Judge one test: its process, its verdict, and which test the verdict is on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dojo.core.places import Kata, kata_of
from dojo.sandbox import supervisor
from dojo.sandbox.attended import Interrupted
from dojo.sandbox.verdict import Verdict


def deadline_of(item: pytest.Item) -> float:
    """Seconds that a test has."""
    mark = item.get_closest_marker("deadline")
    return float(mark.args[0]) if mark else supervisor.DEADLINE


def judge(
    item: pytest.Function,
    module: Path,
    deadline: float | None = None,
    lifeline: int | None = None,
    coverage: str = "",
    prepared: supervisor.Prepared | None = None,
) -> Verdict:
    """The verdict on one test with all that a report needs; its process may have been `prepared`."""
    kata = kata_of(item.path)
    assert kata is not None
    try:
        prepared = prepared or supervisor.prepare(item, module, coverage)
        verdict = supervisor.finish(prepared, deadline or deadline_of(item), lifeline)
    except Interrupted:
        raise KeyboardInterrupt from None
    return identified(verdict, kata, item.name, module)


def identified(verdict: Verdict, kata: Kata, test: str, module: Path) -> Verdict:
    """A verdict that says which test it is on: what a report needs to know beside it."""
    return replace(verdict, kata=kata.id, name=kata.name, test=test, module=str(module), suite=str(kata.suite))
