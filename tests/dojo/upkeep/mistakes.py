"""`make mistakes`: what a learner reads first of each wrong answer, all on one page, for whoever writes katas."""

from __future__ import annotations

import contextlib
import functools
import sys
from pathlib import Path

from dojo.core.places import PROOF, Kata, choose
from dojo.core.screen import Screen, write
from dojo.judge.parallel import Judges
from dojo.judge.remote import Remote
from dojo.report.failure import first_words
from dojo.report.others import sentence
from dojo.sandbox.verdict import Kind
from dojo.upkeep import claims


def run(wanted: str, side: str) -> int:
    """Judge each wrong answer in its test, and print its sentence, the verdict, and what the report says."""
    screen = Screen.of(sys.stdout)
    katas = choose(wanted)
    with contextlib.closing(Judges()) as judges:
        suites = judges.submit(lambda judge: [judge.suite(kata.suite) for kata in katas]).result()
        begun = [
            (
                kata,
                [judges.submit(functools.partial(_lines, kata, path, tests, screen)) for path in kata.kept("mistakes")],
            )
            for kata, tests in zip(katas, suites, strict=True)
        ]
        for kata, answers in begun:
            write([screen.paint(f"{kata.id}  {kata.name}", "bold")])
            for lines in answers:
                write(lines.result())
    return 0


def _lines(kata: Kata, path: Path, tests: claims.Tests, screen: Screen, judge: Remote) -> list[str]:
    mistake, name, _ = claims.told(path)
    verdicts = [judge.judge(test["nodeid"], path) for test in tests if test["name"] == name]
    red = next((verdict for verdict in verdicts if verdict.kind is not Kind.PASSED), None)
    lines = [
        screen.spell(f"  {path.relative_to(PROOF / 'mistakes' / kata.directory)}"),
        screen.spell(f"    is wrong:  {mistake}"),
    ]
    if red is None:
        return [*lines, screen.paint(screen.spell(f"    not caught by {name}"), "red")]
    caught = screen.spell(f"    {red.kind.word}:  {sentence(name)}")
    return [*lines, caught, screen.spell(f"    reads:  {first_words(red)}")]
