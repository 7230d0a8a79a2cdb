"""`make mistakes`: what a learner reads first of each wrong answer, all on one page, for whoever writes katas."""

from __future__ import annotations

import sys

from dojo import claims
from dojo.places import ROOT, Kata, choose
from dojo.report import first_words, sentence
from dojo.screen import Screen, write
from dojo.server import Remote


def run(wanted: str) -> int:
    """Judge each wrong answer in its test, and print its sentence, the verdict, and what the report says."""
    screen = Screen.of(sys.stdout)
    judge = Remote()
    try:
        for kata in choose(wanted):
            write([screen.paint(f"{kata.id}  {kata.name}", "bold")])
            for line in _lines(kata, judge, screen):
                write([line])
    finally:
        judge.close()
    return 0


def _lines(kata: Kata, judge: Remote, screen: Screen) -> list[str]:
    lines = []
    tests = judge.suite(kata.suite)
    for path in kata.kept("mistakes"):
        mistake, name, _ = claims.told(path)
        verdicts = [judge.judge(test["nodeid"], path) for test in tests if test["name"] == name]
        red = next((verdict for verdict in verdicts if verdict["verdict"] != "passed"), None)
        lines.append(screen.spell(f"  {path.relative_to(ROOT / 'tests' / 'mistakes' / kata.directory)}"))
        lines.append(screen.spell(f"    is wrong:  {mistake}"))
        if red is None:
            lines.append(screen.paint(screen.spell(f"    not caught by {name}"), "red"))
            continue
        lines.append(screen.spell(f"    {red['verdict']}:  {sentence(name)}"))
        lines.append(screen.spell(f"    reads:  {first_words(red)}"))
    return lines
