"""`make compare`: the answers to one kata, the same code together, with its verdict and a diff to the next kind."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dojo.core.columns import columns, head, wrap
from dojo.core.places import BadInput, Kata, choose
from dojo.core.screen import Screen, write
from dojo.report import progress
from dojo.report.others import sentence
from dojo.team import judge
from dojo.team.outputs import Row
from dojo.team.same_code import Group, groups

NAMES = 3  # lines of names at most
LINES = 40  # of a diff at most
LONG = 600  # lines of code beyond which two answers are not compared: finding what they share takes too long
ROUND = 2  # lines shown round what differs
SIGNS = {"-": "red", "+": "green"}


def run(wanted: str, side: str) -> int:
    """Show the answers of all sides in SIDES= to one kata, judged as by `make judge`. Raises BadInput."""
    katas = choose(wanted) if wanted else []
    if len(katas) != 1:
        raise BadInput("make compare takes one kata, as in K=2.2")

    def show(out: Path, course: judge.Course) -> None:
        write(compared(katas[0], course.rows, Screen.of(sys.stdout)))

    return judge.judged("compare", katas, show)


def compared(kata: Kata, rows: Sequence[Row], screen: Screen) -> list[str]:
    """What is shown of these answers."""
    found = groups(rows)
    kinds = sum(group.code is not None for group in found)
    counted = f"{_number(len(rows), 'side')}, {_number(kinds, 'kind')} of code"
    title = wrap(screen.spell(f"{kata.id}  {kata.name}: {counted}"), screen.width, "", "     ")
    lines = [screen.paint(line, "bold") for line in title]
    for place, group in enumerate(found, start=1):
        lines += ["", *_group(place if group.code is not None else 0, group, screen)]
        following = found[place] if place < kinds else None
        if following is not None:
            lines += ["", *_difference(place, group, following, screen)]
    return lines


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _group(place: int, group: Group, screen: Screen) -> list[str]:
    """Whose code it is, and each verdict on it: texts that differ in a comment alone may have two."""
    verdicts: dict[tuple[object, ...], list[Row]] = {}
    for row in group.rows:
        first = row.result.first if row.result else None
        verdicts.setdefault((row.mark, row.passed, first and first.test), []).append(row)
    lines: list[str] = []
    for same in verdicts.values():
        row = same[0]
        words = f"{progress.SIGNS[row.mark]} {row.mark}" + (f", {row.passed} of {row.total}" if row.result else "")
        left, right = f"{place:>2}  {words}" if place and not lines else f"    {words}", _number(len(same), "side")
        gap = " " * max(2, screen.width - columns(left) - len(right))
        lines.append(screen.paint(screen.spell(f"{left}{gap}{right}"), progress.MARK_COLOURS[row.mark]))
        lines += _names([row.answer.team for row in same], screen)
        if row.result and (first := row.result.first):
            lines += _told(f"first red test: {sentence(first.test)} ({first.kind})", screen)
        lines += [line for one in same if one.result for line in _told(one.note, screen)]
    return lines + (_told(group.fault, screen) if group.fault not in ("", progress.UNTOUCHED) else [])


def _told(text: str, screen: Screen) -> list[str]:
    return wrap(screen.spell(text), screen.width, "    ", "      ")


def _names(teams: Sequence[str], screen: Screen) -> list[str]:
    """The names, as many as there is room for."""
    for kept in range(len(teams), -1, -1):
        rest = [f"and {len(teams) - kept} more"] if kept < len(teams) else []
        lines = wrap(screen.spell(", ".join([*teams[:kept], *rest])), screen.width, "    ", "    ")
        if len(lines) <= NAMES:
            return lines
    return []


def _difference(place: int, one: Group, other: Group, screen: Screen) -> list[str]:
    """What leads from the code of one group to that of the next, as Python itself writes both."""
    told = screen.paint(screen.spell(f"    {place} → {place + 1}"), "bold")
    before, after = one.code or [], other.code or []
    if max(len(before), len(after)) > LONG:
        return [told, f"      more than {LONG} lines: they are not compared"]
    lines = list(_changed(before, after, screen))
    rest = [f"      and {_number(len(lines) - LINES, 'more line')}"] if len(lines) > LINES else []
    return [told, *lines[:LINES], *rest]


def _changed(before: list[str], after: list[str], screen: Screen) -> Iterator[str]:
    for number, line in enumerate(difflib.unified_diff(before, after, n=ROUND, lineterm="")):
        if number < 2:  # the names of files
            continue
        if line.startswith("@@"):
            if number > 2:
                yield screen.spell("      …")
            continue
        rest, lead = screen.spell(line[1:]), f"    {line[0]} "
        while True:  # a long line goes on in the next one: what differs may be at its end
            part = head(rest, screen.width - len(lead))
            yield screen.paint(f"{lead}{part}".rstrip(), SIGNS.get(line[0], "plain"))
            rest, lead = rest[len(part) :], f"    {line[0]}     "
            if not rest:
                break
