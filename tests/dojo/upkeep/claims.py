"""What is said of each answer that the repository keeps, and whether the suites say the same.

A wrong answer names the test that catches it and words of its report; a stub, by the
marks of the tests, what each of them shows; a solution and every other right answer are
green. As a program, started by core/start.py, it judges all of them once, in an order drawn
from DOJO_SEED, several at a time.
"""

from __future__ import annotations

import ast
import contextlib
import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.core.places import KATAS, Kata, all_katas
from dojo.core.screen import Screen
from dojo.judge.parallel import Judges
from dojo.judge.remote import Remote
from dojo.report.failure import render
from dojo.sandbox.verdict import Kind, Verdict

HEADER = re.compile(r"^caught by: (\w+)\nwords: (.+)$", re.MULTILINE)
STAYS = re.compile(r"^stays green: .+$", re.MULTILINE)  # a wrong answer that no test refuses, and why that may be
NOT_WRITTEN = "nothing is written here yet"  # what a stub shows, where its test says nothing else
# How the words begin that the engine has for an answer that hangs: half a second shows that as well as two. What a
# suite itself says of busy loops takes it as many turns as it takes, on a slow machine as well.
WORDS_OF_HANGS = ("a busy loop", "busy loop", "still blocked", "one short wait", "the test still waits")
Tests = list[dict[str, Any]]  # of one suite, as the process that judges tells of them


def text_of(verdict: Verdict) -> str:
    """The report without its line breaks."""
    return " ".join(" ".join(render(verdict, Screen.plain())).split())


def told(answer: Path) -> tuple[str, str, str]:
    """What a wrong answer says of itself: its mistake, the test that catches it, words of the report.

    Raises ValueError if it does not.
    """
    text = ast.get_docstring(ast.parse(answer.read_text(encoding="utf-8"))) or ""
    header = HEADER.search(text)
    if header is None:
        raise ValueError(f"{answer} does not name the test that catches it and the words that the learner reads")
    return text.splitlines()[0], header[1], header[2]


@dataclass(frozen=True)
class Claim:
    """What is said of one answer in some tests."""

    kata: Kata
    answer: Path
    tests: tuple[str, ...]  # their pytest node ids
    words: str = ""  # of the report on one of them; without words all are green
    may_skip: bool = True  # a test that this machine cannot show says nothing against it

    def __str__(self) -> str:
        names = ", ".join(sorted({nodeid.partition("::")[2] for nodeid in self.tests}))
        return f"{self.answer.relative_to(KATAS)} in {names}: {self.words or 'green'}"

    def fault(self, judge: Remote) -> tuple[str, int]:
        """Why it is not so, empty if it is, and how many tests were run to see."""
        fault = f"it is not caught in {self.tests[0]}" if self.words else ""
        deadline = 0.5 if self.words.startswith(WORDS_OF_HANGS) else None
        for count, nodeid in enumerate(self.tests, start=1):
            verdict = judge.judge(nodeid, self.answer, deadline)
            if verdict.kind is Kind.PASSED or (verdict.kind is Kind.SKIPPED and self.may_skip):
                continue
            if not self.words:
                return "\n".join(render(verdict, Screen.plain())), count
            # A test may run on several kinds of selector, and a mistake may be one on some of them alone.
            if self.words.casefold() in text_of(verdict).casefold():
                return "", count
            fault = f"the words {self.words!r} are not in\n{text_of(verdict)}"
        return fault, len(self.tests)


def of_stub(kata: Kata, tests: Tests) -> list[Claim]:
    """What is said of a stub, test by test."""
    shown = [(test["nodeid"], test["on_stub"][0] if test["on_stub"] else NOT_WRITTEN) for test in tests]
    return [Claim(kata, kata.stub, (nodeid,), "" if words == "green" else words) for nodeid, words in shown]


def of_wrong(kata: Kata, answer: Path, tests: Tests) -> Claim:
    """What a wrong answer says of itself. Raises ValueError if its test does not exist, or it names none."""
    _, name, words = told(answer)
    nodeids = tuple(test["nodeid"] for test in tests if test["name"] == name)
    if not nodeids:
        raise ValueError(f"{answer}: there is no {name}")
    return Claim(kata, answer, nodeids, words, may_skip=False)


def of_right(kata: Kata, answer: Path, tests: Tests) -> Claim:
    """A right answer is green in every test."""
    return Claim(kata, answer, tuple(test["nodeid"] for test in tests))


def of_round(kata: Kata, answer: Path, tests: Tests) -> Claim:
    """What is said of an answer that somebody wrote who knew the brief alone: see proof/rounds/README.md."""
    told_green = STAYS.search(ast.get_docstring(ast.parse(answer.read_text(encoding="utf-8"))) or "")
    return (of_right if told_green or answer.name.startswith("right_") else of_wrong)(kata, answer, tests)


def all_of(kata: Kata, tests: Tests) -> Iterator[Claim]:
    """Everything that is said of the answers to a kata."""
    yield from of_stub(kata, tests)
    for answer in kata.kept("mistakes"):
        yield of_wrong(kata, answer, tests)
    for answer in (KATAS / "solutions" / kata.path, *kata.kept("alternatives")):
        yield of_right(kata, answer, tests)
    for answer in kata.kept("rounds"):
        yield of_round(kata, answer, tests)


def main() -> int:
    """Judge every claim, print those that do not hold, and count; 0 if all hold."""
    executed = wrong = 0
    with contextlib.closing(Judges()) as judges:

        def suite(kata: Kata) -> Tests:
            return judges.submit(lambda judge: judge.suite(kata.suite)).result()

        claims = [claim for kata in all_katas() for claim in all_of(kata, suite(kata))]
        random.Random(os.environ.get("DOJO_SEED")).shuffle(claims)
        for claim, judged in [(claim, judges.submit(claim.fault)) for claim in claims]:
            fault, tests = judged.result()
            executed += tests
            if fault:
                wrong += 1
                print(f"{claim}\n{fault}\n", flush=True)
    print(f"{executed} tests for {len(claims)} claims, {wrong} do not hold", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
