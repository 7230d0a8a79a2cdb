"""What `make watch` shows: screens as lists of lines, and no terminal in sight."""

from __future__ import annotations

import textwrap

from dojo.core.places import Kata, ends_chapter
from dojo.core.screen import Screen
from dojo.report import failure, lesson, progress
from dojo.sandbox.verdict import Verdict

KEYS = "n next  p previous  h hint  l list  t tape  d diff  x reset  q quit"
BRIEF = 4  # lines of a brief that are shown
WHY = 9  # lines of the author's words


def head(kata: Kata, tests: int, verdicts: list[Verdict], screen: Screen, took: str) -> list[str]:
    """The kata, how many tests are green, a mark for each of them."""
    good = sum(verdict.kind.good for verdict in verdicts)
    signs = "".join("✓" if verdict.kind.good else "✗" for verdict in verdicts)
    left = f"{kata.id}  {kata.name}  {good} of {tests} green"
    right = f"{signs}{'·' * (tests - len(verdicts))}  {took}".rstrip()
    title = f"{left}  {right:>{max(0, screen.width - len(left) - 2)}}"
    if len(title) > screen.width:
        title = left
    colour = "green" if took and good == tests else "bold"
    return [screen.paint(screen.spell(title), colour), screen.spell(f"katas/{kata.path}")[: screen.width]]


def opening(kata: Kata, screen: Screen) -> list[str]:
    """The first lines of the brief."""
    text = " ".join(lesson.opening(kata))
    lines = textwrap.wrap(screen.spell(text), screen.width - 2, max_lines=BRIEF, placeholder=screen.spell(" …"))
    return [screen.paint(f"  {line}", "dim") for line in lines]


def result(kata: Kata, tests: int, verdicts: list[Verdict], screen: Screen, took: str, side: str) -> list[str]:
    """After a run: the first red test in full, or what there is to say once all are green."""
    lines = head(kata, tests, verdicts, screen, took)
    lines[1] = screen.spell(f"{side}/{kata.path}")[: screen.width]
    red = next((one for one in verdicts if not one.kind.good), None)
    if red is not None:
        return [*lines, *opening(kata, screen), "", *failure.render(red, screen, commands=False)]
    lines.append("")
    paragraphs = lesson.why(kata)
    words = [line for text in paragraphs for line in textwrap.wrap(screen.spell(text), screen.width - 2)]
    if len(words) > WHY:
        words = [*words[: WHY - 1], f"{words[WHY - 1]} {screen.spell('…')}"[: screen.width - 2]]
    lines += [screen.paint("Why it is right", "bold"), *(f"  {line}" for line in words)]
    if ends_chapter(kata):
        lines += ["", *lesson.chapter_end(kata, screen)]
    return lines + tape(verdicts, -1, screen)


def tape(verdicts: list[Verdict], number: int, screen: Screen) -> list[str]:
    """The tape of one test of the last run; a negative number is the one that says most for its length."""
    drawn = [failure.tape_of(verdict, screen) for verdict in verdicts]
    if number < 0:
        foretold = [index for index, verdict in enumerate(verdicts) if verdict.predicted]
        number = foretold[0] if foretold else max(range(len(drawn)), key=lambda index: _worth(drawn[index]), default=0)
    if not drawn:
        return ["", "  nothing has been judged yet"]
    number %= len(drawn)
    verdict = verdicts[number]
    name = f"Your tape, test {number + 1} of {len(drawn)}: {failure.sentence(verdict.test)}"
    lines = ["", screen.paint(screen.spell(name)[: screen.width], "bold"), *failure.predictions(verdict, screen)]
    return lines + (drawn[number] or ["  no call on a socket in this test"])


def _worth(drawn: list[str]) -> int:
    """How much a picture shows: many rows, unless it is too long to be shown whole."""
    return len(drawn) if len(drawn) <= 12 else 1


def listing(katas: list[Kata], known: dict[str, str], current: Kata | None, screen: Screen) -> list[str]:
    """Every kata in a few lines: number and mark, chapter by chapter."""
    lines: list[str] = []
    for chapter in sorted({kata.directory for kata in katas}):
        own = [kata for kata in katas if kata.directory == chapter]
        green = sum(known.get(kata.id) == progress.GREEN for kata in own)
        lines.append(screen.paint(f"{chapter.replace('_', ' ')}  {green} of {len(own)} green", "bold"))
        line, length = " ", 1
        for kata in own:
            mark = known.get(kata.id, progress.UNTOUCHED)
            entry = screen.spell(f"{'>' if kata == current else ' '}{kata.id} {progress.SIGNS[mark]}")
            if length + len(entry) + 1 > screen.width:
                lines.append(line)
                line, length = " ", 1
            line += screen.paint(entry, progress.COLOURS[mark]) + " "
            length += len(entry) + 1
        lines.append(line)
    return lines
