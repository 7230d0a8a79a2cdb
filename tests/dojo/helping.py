"""`make`: the katas there are and the commands."""

from __future__ import annotations

import sys

from dojo.places import all_katas
from dojo.screen import Screen, write

COMMANDS = (
    ("make test", "every kata, a line each; the first red test whole"),
    ("make test K=2.1", "one kata (K=2 a chapter)"),
    ("make test SIDE=solutions", "the same on the reference, or on any directory"),
    ("make hint K=2.1", "the next hint for the first red test"),
    ("make run K=1.14", "a program on port 6969, to talk to (PORT=, SIDE=)"),
    ("make check", "the repository proves itself"),
    ("make bench", "its speed, as ratios"),
    ("make stress RUNS=50", "every suite many times, with the processors busy"),
)


def run() -> int:
    """Print what there is."""
    screen = Screen.of(sys.stdout)
    lines: list[str] = []
    chapter = ""
    for kata in all_katas():
        if kata.directory != chapter:
            chapter = kata.directory
            lines.append(f"{screen.paint(chapter.replace('_', ' '), 'bold')}  in katas/{chapter}/")
        lines.append(f"  {kata.id:<5} {kata.name.replace('_', ' ')}"[: screen.width])
    lines += ["", *(f"  {command:<26}{text}"[: screen.width] for command, text in COMMANDS)]
    write([screen.spell(line) if "\033" not in line else line for line in lines])
    return 0
