"""What `make watch` shows: pages, and no terminal in sight."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from dojo.core.columns import columns
from dojo.core.places import Kata, find_side, module_path, shown
from dojo.core.screen import Screen
from dojo.report import failure, lesson, progress
from dojo.report.others import sentence
from dojo.report.shrinking import shrink
from dojo.sandbox.verdict import Verdict
from dojo.tape import lanes
from dojo.watch.fitting import Page, fold

DIFF = "d diff"
KEYS = ("n next", "p previous", "h hint", "l list", "t tape", DIFF, "x reset", "u undo", "q quit")
TAPE_KEYS = ("t next test", "Esc back", "h hint", DIFF, "l list", "q quit")
DIFF_KEYS = ("Esc back", "n next", "p previous", "l list", "q quit")
BRIEF = 4  # lines of a brief that are shown
WHY = 9  # lines of the author's words
PROSE = 100  # columns of running text: longer lines are hard to read
LOW = 12  # lines of a terminal that has one to spare for the keys


@dataclass
class Run:
    """The tests of a kata on a side, as far as they have been judged."""

    kata: Kata
    side: str
    tests: int
    verdicts: list[Verdict]
    took: str = ""  # once they are judged

    @property
    def green(self) -> bool:
        """Whether all tests are judged and none is red."""
        return bool(self.verdicts) and len(self.verdicts) == self.tests and self.red is None

    @property
    def red(self) -> int | None:
        """The place of the first red test, which is the last that was judged."""
        return next((place for place, verdict in enumerate(self.verdicts) if not verdict.kind.good), None)


def prose(screen: Screen) -> Screen:
    """The screen as running text uses it."""
    return dataclasses.replace(screen, width=min(screen.width, PROSE))


def keys(names: Sequence[str], screen: Screen, height: int) -> list[str]:
    """What the keys do; where there is no room for it in words, which keys there are, and always how to quit."""
    whole = "  ".join(name.replace(" ", "\0") for name in names)  # no name is broken in two
    lines = [line.replace("\0", " ") for line in textwrap.wrap(whole, screen.width)]
    if len(lines) > 1 and height < LOW:
        lines = ["  ".join([" ".join(name.split()[0] for name in names[:-1]), names[-1]])]
    return [screen.paint(line, "blue") for line in lines]


def head(run: Run, screen: Screen) -> list[str]:
    """The kata, how many tests are green, a mark for each of them, and the file that is judged."""
    good = sum(verdict.kind.good for verdict in run.verdicts)
    signs = "".join("✓" if verdict.kind.good else "✗" for verdict in run.verdicts)
    signs += "·" * (run.tests - len(signs))
    score = f"{good} of {run.tests} green"
    left, right = f"{run.kata.id}  {run.kata.name}  {score}", f"{signs}  {run.took}".rstrip()
    below = []
    if len(left) + 2 + len(right) <= screen.width:
        title = f"{left}  {right:>{screen.width - len(left) - 2}}"
    elif len(left) + 2 + len(signs) <= screen.width:
        title = f"{left}  {signs:>{screen.width - len(left) - 2}}"
    else:
        room = screen.width - len(run.kata.id) - len(score) - 4
        name = run.kata.name if len(run.kata.name) <= room else f"{run.kata.name[: room - 1]}…"
        title, below = f"{run.kata.id}  {name}  {score}", [_window(signs, good, screen.width)]
    colour = "green" if run.took and good == run.tests else "bold"
    lines = [screen.paint(screen.spell(line), colour) for line in (title, *below)]
    return [*lines, _tail(shown(module_path(find_side(run.side), run.kata)), screen)]


def _window(signs: str, place: int, width: int) -> str:
    """The marks round a place, where they are more than fit."""
    if len(signs) <= width:
        return signs
    start = max(0, min(place - width // 2, len(signs) - width))
    part = signs[start : start + width]
    return ("…" if start else part[0]) + part[1:-1] + ("…" if start + width < len(signs) else part[-1])


def _tail(path: str, screen: Screen) -> str:
    """A path, of which the end says more than the beginning."""
    path = screen.spell(path)
    if columns(path) <= screen.width:
        return path
    while columns(path) >= screen.width:
        path = path[1:]
    return screen.spell("…") + path


def testing(run: Run, screen: Screen, seconds: float) -> Page:
    """A run that goes on."""
    return Page(head(run, screen), ["", f"  testing, {seconds:.0f} s: {len(run.verdicts)} done"])


def result(run: Run, screen: Screen, height: int) -> Page:
    """After a run: the first red test in full, or what there is to say once all are green."""
    return _report(run, run.red, screen, height) if run.red is not None else _green(run, screen, height)


def _report(run: Run, red: int, screen: Screen, height: int) -> Page:
    verdict, top = run.verdicts[red], head(run, screen)
    story = failure.story_of(verdict)

    def draw(brief: int, **sizes: int) -> Page:
        title, lines = failure.parts(verdict, screen, failure.Sizes(**sizes), story)
        air = [""] * sizes["air"]
        body = [*air, *fold(lines, screen.width)]
        return Page([*top, *_opening(run.kata, screen, brief), *air, *title], body)

    sizes = failure.sizes_for(height)
    del sizes["title"]  # it stays, and what is below it scrolls
    return shrink(draw, height, brief=(BRIEF, 0), **sizes)


def _opening(kata: Kata, screen: Screen, lines: int) -> list[str]:
    """The first lines of the brief."""
    if not lines:
        return []
    text, width = screen.spell(" ".join(lesson.opening(kata))), prose(screen).width - 2
    wrapped = textwrap.wrap(text, width, max_lines=lines, placeholder=screen.spell(" …"))
    return [screen.paint(f"  {line}", "dim") for line in wrapped]


def _green(run: Run, screen: Screen, height: int) -> Page:
    top, width = head(run, screen), prose(screen).width - 2
    telling = _telling(run.verdicts, screen)
    why = "\n".join(screen.spell(paragraph) for paragraph in lesson.why(run.kata))
    words = [line for paragraph in why.split("\n") for line in textwrap.wrap(paragraph, width)]
    end = lesson.chapter_end(run.kata, prose(screen), run.side)
    end = ["", *end] if end else []

    def draw(rows: int, why: int, air: int) -> Page:
        kept = words[:why]
        if len(words) > why:
            kept[-1] = f"{kept[-1][: width - 2]} {screen.spell('…')}"
        title, drawn = tape(run, telling, screen, rows)
        body = ["", screen.paint("Why it is right", "bold"), *(f"  {line}" for line in kept), *end, "", title, *drawn]
        return Page(top, [line for line in fold(body, screen.width) if line or air])

    return shrink(draw, height, rows=(max(lanes.ROWS, height), lanes.FEWEST), why=(WHY, 2), air=(1, 0))


def tape(run: Run, number: int, screen: Screen, most: int) -> tuple[str, list[str]]:
    """The tape of one test of the last run: its title, and at most so many rows."""
    verdict = run.verdicts[number]
    name = f"Your tape, test {number + 1} of {run.tests}: {sentence(verdict.test)}"
    drawn = failure.tape_of(verdict, screen, most) or ["  no call on a socket in this test"]
    return screen.paint(screen.cut(screen.spell(name)), "bold"), [*failure.predictions(verdict, screen), *drawn]


def tape_page(run: Run, number: int, screen: Screen) -> Page:
    """The whole tape of one test: a call makes three rows at most."""
    title, lines = tape(run, number, screen, 3 * len(run.verdicts[number].tape) + 1)
    return Page([*head(run, screen)[:-1], "", title], lines)


def shown_tape(run: Run, screen: Screen) -> int:
    """Of which test the result shows the tape."""
    return _telling(run.verdicts, screen) if run.red is None else run.red


def _telling(verdicts: list[Verdict], screen: Screen) -> int:
    """The test whose tape says most for its length: many rows, unless it is too long to be shown whole."""
    predicted = [index for index, verdict in enumerate(verdicts) if verdict.predicted]
    lengths = [len(failure.tape_of(verdict, screen, lanes.ROWS + 1)) for verdict in verdicts]
    worth = [length if length <= lanes.ROWS else 1 for length in lengths]
    return predicted[0] if predicted else max(range(len(worth)), key=worth.__getitem__, default=0)


def listing(katas: list[Kata], known: dict[str, str], current: Kata | None, screen: Screen) -> Page:
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
            line += screen.paint(entry, progress.MARK_COLOURS[mark]) + " "
            length += len(entry) + 1
        lines.append(line)
    return Page([], lines)
