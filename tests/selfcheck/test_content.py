"""Every kata is complete, and its suite judges right: the strict check of the whole content."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage, CoverageData

from dojo.places import ROOT, Kata, all_katas
from dojo.report import render
from dojo.screen import Screen
from dojo.server import Remote

KATAS = all_katas()
HEADER = re.compile(r"^caught by: (\w+)\nwords: (.+)$", re.MULTILINE)

# Words of an answer that hangs asleep, as it declares: a second shows that as well as two.
HANGS = ("still blocked", "still waits")

by_kata = pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.id)


def kept(kind: str) -> pytest.MarkDecorator:
    cases = [(kata, path) for kata in KATAS for path in kata.kept(kind)]
    return pytest.mark.parametrize(("kata", "path"), cases, ids=[f"{kata.id}-{path.stem}" for kata, path in cases])


def text_of(verdict: dict[str, Any]) -> str:
    """The report without its line breaks."""
    return " ".join(" ".join(render(verdict, Screen.plain())).split())


@by_kata
def test_every_file_is_there(kata: Kata) -> None:
    for side in ("katas", "tests/stubs", "solutions"):
        assert (ROOT / side / kata.path).is_file()
    assert len(kata.kept("mistakes")) >= 4
    assert len(kata.kept("alternatives")) >= 2


@by_kata
def test_the_brief_is_short_and_says_what(kata: Kata) -> None:
    source = (ROOT / "tests" / "stubs" / kata.path).read_text()
    brief = ast.get_docstring(ast.parse(source)) or ""
    assert brief.startswith(f"{kata.id} "), "the brief begins with the kata's number"
    assert 4 <= len(brief.splitlines()) <= 25
    assert "Document" in brief, "the brief says where it stands in the document"


@by_kata
def test_the_suite_reads_as_a_specification(kata: Kata, judge: Remote) -> None:
    tests = judge.suite(kata.suite)
    assert 5 <= len({test["name"] for test in tests}) <= 16
    for test in tests:
        assert 2 <= len(test["hints"]) <= 3, test["name"]
    for node in ast.parse(kata.suite.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert (node.end_lineno or 0) - node.lineno < 20, f"{node.name} is too long to read at a glance"


@by_kata
def test_the_solution_is_green_and_covered(kata: Kata, judge: Remote, tmp_path: Path) -> None:
    solution = ROOT / "solutions" / kata.path
    for test in judge.suite(kata.suite):
        verdict = judge.judge(test["nodeid"], solution, None, str(tmp_path / "data"))
        assert verdict["verdict"] in ("passed", "skipped"), "\n".join(render(verdict, Screen.plain()))
    whole = CoverageData(str(tmp_path / "whole"))
    for part in tmp_path.glob("data.*"):
        data = CoverageData(str(part))
        data.read()
        whole.update(data)
    whole.write()
    coverage = Coverage(data_file=str(tmp_path / "whole"), branch=True, config_file=False)
    coverage.load()
    missing = coverage.analysis2(str(solution))[3]
    branches = coverage._analyze(str(solution)).missing_branch_arcs()
    assert not missing and not branches, f"not reached: lines {missing}, branches {dict(branches)}"


@by_kata
def test_the_stub_is_red_for_the_declared_reason(kata: Kata, judge: Remote) -> None:
    stub = ROOT / "tests" / "stubs" / kata.path
    reds = 0
    for test in judge.suite(kata.suite):
        verdict = judge.judge(test["nodeid"], stub)
        wanted = test["on_stub"][0] if test["on_stub"] else "nothing is written here yet"
        if verdict["verdict"] == "skipped":
            continue
        if wanted == "green":
            assert verdict["verdict"] == "passed", text_of(verdict)
        else:
            assert verdict["verdict"] != "passed", f"{test['name']} is green on the stub"
            assert wanted.casefold() in text_of(verdict).casefold(), f"{test['name']}: {text_of(verdict)}"
            reds += 1
    assert reds, "nothing is left to do"


@kept("mistakes")
def test_a_wrong_answer_is_caught_where_and_as_it_says(kata: Kata, path: Path, judge: Remote) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text())) or ""
    header = HEADER.search(doc)
    assert header, "a wrong answer names the test that catches it and the words that the learner reads"
    nodeids = [test["nodeid"] for test in judge.suite(kata.suite) if test["name"] == header[1]]
    assert nodeids, f"there is no {header[1]}"
    reports = []
    # A test may run on several kinds of selector, and a mistake may be one on some of them alone.
    deadline = 1.0 if any(words in header[2] for words in HANGS) else None
    for verdict in (judge.judge(nodeid, path, deadline) for nodeid in nodeids):
        if verdict["verdict"] != "passed":
            reports.append(text_of(verdict))
            if header[2].casefold() in reports[-1].casefold():
                return
    assert not reports, f"the words are not in\n{reports[0]}"
    raise AssertionError("not caught")


@kept("alternatives")
def test_an_alternative_answer_is_green(kata: Kata, path: Path, judge: Remote) -> None:
    for test in judge.suite(kata.suite):
        verdict = judge.judge(test["nodeid"], path)
        assert verdict["verdict"] in ("passed", "skipped"), "\n".join(render(verdict, Screen.plain()))
