"""Whatever an answer does, its test gets the right verdict in time, and the next test its own."""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

import pytest

from dojo.leaks import children
from dojo.places import ROOT
from dojo.report import render
from dojo.screen import Screen
from dojo.server import Remote

HOSTILE = sorted((Path(__file__).parent / "hostile").glob("*.py"))
TEST = "tests/2_nonblocking/test_01_accept_would_block.py::test_nobody_is_connecting"
SOLUTION = ROOT / "solutions/2_nonblocking/01_accept_would_block.py"
HEADER = re.compile(r"^verdict: (.+)\nwords: *(.*)$", re.MULTILINE)


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_answer_gets_the_right_verdict(path: Path, judge: Remote) -> None:
    header = HEADER.search(ast.get_docstring(ast.parse(path.read_text())) or "")
    assert header, "a hostile answer declares its verdict and the words of its report"
    began = time.monotonic()
    verdict = judge.judge(TEST, path)
    assert verdict["verdict"] == header[1], verdict
    assert header[2] in " ".join(" ".join(render(verdict, Screen.plain())).split())
    # The deadline is 2 s; what is beyond it is the engine's, on a machine that may be busy.
    assert time.monotonic() - began < 2 + 5
    assert children(judge.pid) == [], "a process is left over"
    assert judge.judge(TEST, SOLUTION)["verdict"] == "passed", "the next test has its own verdict"
