"""Every kata is complete, and its suite judges right: the strict check of the whole content."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import pytest
from coverage import Coverage

from dojo.core.places import KATAS as GROUND
from dojo.core.places import Kata, choose
from dojo.core.screen import Screen
from dojo.judge.remote import Remote
from dojo.report.failure import render
from dojo.report.lesson import brief, requirements
from dojo.upkeep import claims
from proof.tools import is_stub

KATAS = choose(os.environ.get("DOJO_KATAS", ""))  # `make check K=…` names some
by_kata = pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.id)


def kept(kind: str) -> pytest.MarkDecorator:
    cases = [(kata, path) for kata in KATAS for path in kata.kept(kind)]
    return pytest.mark.parametrize(("kata", "path"), cases, ids=[f"{kata.id}-{path.stem}" for kata, path in cases])


@by_kata
def test_every_file_is_there(kata: Kata) -> None:
    for path in (kata.stub, GROUND / "solutions" / kata.path):
        assert path.is_file(), f"{path} is missing"
    # Whoever has solved katas in this checkout may say make check all the same; what is handed out is for CI to prove.
    assert is_stub(kata) or not os.environ.get("CI"), (
        f"katas/{kata.path} is not its stub: make reset K={kata.id} puts your answer aside, "
        f"make stub K={kata.id} takes the file for the new stub"
    )
    for kind, least in (("mistakes", 4), ("alternatives", 2)):
        there = len(kata.kept(kind))
        assert there >= least, f"tests/proof/{kind} has {there} for this kata: {least} are needed at least"


@by_kata
def test_nothing_is_left_to_write(kata: Kata) -> None:
    theirs = [kata.stub, kata.suite, GROUND / "katas" / kata.path, GROUND / "solutions" / kata.path]
    left = [
        f"{path.relative_to(GROUND)}:{number}: {line.strip()}"
        for path in (*theirs, *kata.kept("mistakes"), *kata.kept("alternatives"))
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if "TO WRITE" in line
    ]
    assert not left, "\n".join(["make kata has left this to you:", *left])


@by_kata
def test_the_brief_is_short_and_says_what(kata: Kata) -> None:
    text = brief(kata)
    assert text[0].startswith(f"{kata.id} "), "the brief begins with the kata's number"
    if requirements(kata):  # test_requirements.py judges a brief whose requirements are numbered, by its words
        return
    assert 4 <= len(text) <= 25
    assert any("Document" in line for line in text), "the brief says where it stands in the document"


@by_kata
def test_the_suite_reads_as_a_specification(kata: Kata, judge: Remote) -> None:
    tests = judge.suite(kata.suite)
    names = {test["name"] for test in tests}
    assert 5 <= len(names) <= 16, f"the suite has {len(names)} tests: 5 to 16 are needed"
    for test in tests:
        assert any(not hints["when"] for hints in test["hints"]), f"{test['name']}: no hints without `when`"
        assert all(2 <= len(hints["texts"]) <= 3 for hints in test["hints"]), f"{test['name']}: 2 or 3 hints are needed"
    for node in ast.parse(kata.suite.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert (node.end_lineno or 0) - node.lineno < 20, f"{node.name} is too long to read at a glance"


@by_kata
def test_the_solution_is_green_and_covered(kata: Kata, judge: Remote, tmp_path: Path) -> None:
    solution = GROUND / "solutions" / kata.path
    for test in judge.suite(kata.suite):
        verdict = judge.judge(test["nodeid"], solution, None, str(tmp_path))
        assert verdict.kind.good, "\n".join(render(verdict, Screen.plain()))
    ran = [tuple(arc) for part in tmp_path.iterdir() for arc in json.loads(part.read_text())]
    coverage = Coverage(data_file=None, branch=True, config_file=False)
    coverage.get_data().add_arcs({str(solution): ran})
    missing = coverage.analysis2(str(solution))[3]
    branches = coverage._analyze(str(solution)).missing_branch_arcs()
    assert not missing and not branches, f"not reached: lines {missing}, branches {dict(branches)}"


@by_kata
def test_the_stub_is_red_for_the_declared_reason(kata: Kata, judge: Remote) -> None:
    said = claims.of_stub(kata, judge.suite(kata.suite))
    for claim in said:
        fault, _ = claim.fault(judge)
        assert not fault, f"{claim}\n{fault}"
    assert any(claim.words for claim in said), "nothing is left to do"


@kept("mistakes")
def test_a_wrong_answer_is_caught_where_and_as_it_says(kata: Kata, path: Path, judge: Remote) -> None:
    fault, _ = claims.of_wrong(kata, path, judge.suite(kata.suite)).fault(judge)
    assert not fault, fault


@kept("alternatives")
def test_an_alternative_answer_is_green(kata: Kata, path: Path, judge: Remote) -> None:
    fault, _ = claims.of_right(kata, path, judge.suite(kata.suite)).fault(judge)
    assert not fault, fault
