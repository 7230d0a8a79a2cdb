"""`make`: where you stand, the next kata, the commands and the routes; `make brief`: what a kata asks for."""

from __future__ import annotations

import re
import sys

from dojo.commands import COMMANDS, LEARNER, Command
from dojo.core.places import KATAS, ROOT, BadInput, all_katas, choose, find_side, module_path, programs, shown, typed
from dojo.core.routes import ROUTES
from dojo.core.screen import Screen, write
from dojo.report import progress

EXAMPLE = re.compile(r"K=(\d\.\d+)")
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
                cells.append(screen.paint(screen.spell(f"{text:<{room}}"), progress.MARK_COLOURS[mark]))
            lines.append(("  " + "  ".join(cells)).rstrip())
    marks = [mark for mark in progress.SIGNS if mark != progress.ELSEWHERE or mark in known.values()]
    signs = "  ".join(f"{progress.SIGNS[mark]} {mark}" for mark in marks)
    lines += [screen.spell(f"  when last tested: {signs}"), ""]
    upcoming = progress.next_kata(katas, known)
    if upcoming is None:
        elsewhere = list(known.values()).count(progress.ELSEWHERE)
        others = f", but {elsewhere} that are not for this machine" if elsewhere else ""
        lines.append(screen.spell(f"all {len(katas)} katas are green on {side}{others}"))
    else:
        answer = shown(module_path(find_side(side), upcoming))
        lines.append(screen.paint(f"next: {upcoming.id} {upcoming.name}", "bold") + screen.spell(f"  {answer}"))
    lines += ["", *(screen.spell(line) for line in _commands(side, screen.width))]
    write(lines)
    return 0


def _commands(side: str, width: int) -> list[str]:
    """The commands and the routes, as they can be pasted: of another side than katas each says which."""
    suffix, katas = typed("", SIDE=side).removeprefix("make "), [kata.id for kata in all_katas()]
    told = [(_with_a_kata(one, katas) + suffix, one.help) for one in COMMANDS if one.whose == LEARNER and _can(one)]
    if KATAS == ROOT:
        told += [(route.line + suffix, route.help) for route in ROUTES if set(route.katas.split()) <= set(katas)]
    column = max(26, *(len(command) + 2 for command, _ in told))
    return [f"  {command:<{column}}{text}"[: max(width, len(command) + 2)].rstrip() for command, text in told]


def _can(command: Command) -> bool:
    """Whether a command has something to work on: a copy for learners may be without references, or programs."""
    if command.name == "run":
        return bool(programs())
    return command.name != "diff" or (KATAS / "solutions").exists()


def _with_a_kata(command: Command, katas: list[str]) -> str:
    """A command with a kata that this copy has, where it names another one."""
    fitting = [kata.id for kata in programs()] if command.name == "run" else katas
    return EXAMPLE.sub(lambda found: found[0] if found[1] in fitting else f"K={fitting[0]}", command.line)


def brief(wanted: str, side: str) -> int:
    """Print a kata's brief, of the next kata where none is named."""
    from dojo.learner import run_log
    from dojo.report import lesson  # reading modules takes a moment that `make` alone need not

    katas = choose(wanted)
    kata = katas[0] if len(katas) == 1 else progress.next_kata(katas, progress.marks(side))
    if kata is None:
        raise BadInput("all of these are green: say which brief, as in K=2.1")
    screen, answer = Screen.of(sys.stdout), module_path(find_side(side), kata)
    write([screen.spell(line) for line in [*lesson.brief(kata), "", f"edit {shown(answer)}"]])
    mark = progress.marks(side).get(kata.id, progress.UNTOUCHED)
    run_log.note(side, kata, mark, [], 0, run_log.digest(answer), run_log.OPENED)
    return 0
