"""Brief and suite ask for the same: each requirement has a test, and a wrong answer that breaks it alone."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

from dojo.core.places import Kata, choose, programs
from dojo.core.screen import Screen
from dojo.judge.remote import Remote
from dojo.report.failure import render
from dojo.report.lesson import brief, requirements
from dojo.sandbox.verdict import Kind
from dojo.upkeep.claims import told

LISTED = [kata for kata in choose(os.environ.get("DOJO_KATAS", "")) if requirements(kata)]
WORDS, PROGRAM_WORDS = 130, 220  # of a brief; its transcript counts as well
BREAKS = re.compile(r"^breaks: (\d+)$", re.MULTILINE)
SHORT = 0.5  # seconds: what hangs without end shows in them, and what is slow is judged again

by_kata = pytest.mark.parametrize("kata", LISTED, ids=lambda kata: kata.id)


def broken_by(path: Path) -> int:
    """The requirement that a wrong answer says that it breaks alone; 0 if it says nothing of the kind."""
    found = BREAKS.search(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    return int(found[1]) if found else 0


def breaking(kata: Kata) -> list[tuple[int, Path]]:
    """The kept wrong answers that break one requirement alone, and which."""
    return [(number, path) for path in kata.kept("mistakes") if (number := broken_by(path))]


ALONE = [(kata, number, path) for kata in LISTED for number, path in breaking(kata)]


@by_kata
def test_a_brief_is_read_at_once(kata: Kata) -> None:
    text = [re.sub(r"^\d+\.$", "", word) for word in " ".join(brief(kata)[1:]).split()]
    most = PROGRAM_WORDS if kata in programs() else WORDS
    assert len([word for word in text if word]) <= most, "the brief is too long"
    opening = brief(kata)[2:]
    assert opening and not opening[0].startswith("1. "), "two sentences on what happens come before the list"


@by_kata
def test_requirements_and_tests_are_linked(kata: Kata, judge: Remote) -> None:
    asked = set(range(1, len(requirements(kata)) + 1))
    tests = judge.suite(kata.suite)
    for test in tests:
        assert test["requirements"], f"{test['name']} tests nothing that the brief asks for: @requirement(…)"
        assert set(test["requirements"]) <= asked, f"{test['name']}: the brief has {len(asked)} requirements"
    untested = asked - {number for test in tests for number in test["requirements"]}
    assert not untested, f"no test is linked with requirement {untested}"
    unbroken = asked - {number for number, _ in breaking(kata)}
    assert not unbroken, f"no wrong answer says `breaks: N` of requirement {unbroken}"


@pytest.mark.parametrize(
    ("kata", "number", "path"), ALONE, ids=[f"{kata.id}-{number}-{path.stem}" for kata, number, path in ALONE]
)
def test_a_requirement_is_broken_alone(kata: Kata, number: int, path: Path, judge: Remote) -> None:
    _, caught_by, _ = told(path)
    for test in judge.suite(kata.suite):
        linked = number in test["requirements"]
        assert linked or test["name"] != caught_by, f"{caught_by} is not linked with requirement {number}"
        if linked:  # whether it is caught there as it says is proven with all other wrong answers
            continue
        verdict = judge.judge(test["nodeid"], path, SHORT)
        if verdict.kind is Kind.HUNG:
            verdict = judge.judge(test["nodeid"], path)
        assert verdict.kind.good, "\n".join(
            [f"requirement {number} alone is broken, and this test is about others:", *render(verdict, Screen.plain())]
        )
