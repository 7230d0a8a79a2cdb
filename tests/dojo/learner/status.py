"""`make`: where you stand, the next kata and the commands; `make brief`: what a kata asks for."""

from __future__ import annotations

import sys

from dojo.commands import COMMANDS, LEARNER
from dojo.core.places import BadInput, all_katas, choose
from dojo.core.screen import Screen, write
from dojo.report import progress

SIDE = 36  # columns of a kata's name where two fit beside each other


def run(wanted: str, side: str) -> int:
    """Print every kata with its mark on this side."""
    screen = Screen.of(sys.stdout)
    katas, known = all_katas(), progress.marks(side)
    lines: list[str] = []
    columns = 2 if screen.width >= 2 * (SIDE + 4) else 1
    room = screen.width // columns - 3
    for chapter in sorted({kata.directory for kata in katas}):
        own = [kata for kata in katas if kata.directory == chapter]
        green = sum(known.get(kata.id) == progress.GREEN for kata in own)
        lines.append(screen.paint(f"{chapter.replace('_', ' ')}  {green} of {len(own)} green", "bold"))
        height = -(-len(own) // columns)
        for row in range(height):
            cells = []
            for kata in own[row::height]:
                mark = known.get(kata.id, progress.UNTOUCHED)
                text = f"{progress.SIGNS[mark]} {kata.id:<5}{kata.name.replace('_', ' ')}"[:room]
                cells.append(screen.paint(screen.spell(f"{text:<{room}}"), progress.COLOURS[mark]))
            lines.append(("  " + "  ".join(cells)).rstrip())
    signs = "   ".join(f"{progress.SIGNS[mark]} {mark}" for mark in progress.SIGNS)
    lines += [screen.spell(f"  when last tested: {signs}"), ""]
    upcoming = progress.next_kata(katas, known)
    if upcoming is None:
        lines.append(f"all {len(katas)} katas are green on {side}")
    else:
        lines.append(screen.paint(f"next: {upcoming.id} {upcoming.name}", "bold") + f"  {side}/{upcoming.path}")
    lines += ["", *(f"  {one.line:<26}{one.help}"[: screen.width] for one in COMMANDS if one.whose == LEARNER)]
    write(lines)
    return 0


def brief(wanted: str, side: str) -> int:
    """Print a kata's brief, of the next kata where none is named."""
    from dojo.report import lesson  # reading modules takes a moment that `make` alone need not

    katas = choose(wanted)
    kata = katas[0] if len(katas) == 1 else progress.next_kata(katas, progress.marks(side))
    if kata is None:
        raise BadInput("all of these are green: say which brief, as in K=2.1")
    screen = Screen.of(sys.stdout)
    write([screen.spell(line) for line in [*lesson.brief(kata), "", f"edit katas/{kata.path}"]])
    return 0
