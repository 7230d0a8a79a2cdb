"""What was wanted above what was got: cut to the screen, and never where the two differ."""

from __future__ import annotations

import re

from dojo.core.columns import columns, fit, head, shared, wrap
from dojo.core.screen import Screen

INDENT = 11  # columns of the labels
MOST, LEAST = 6, 3  # lines that a value takes, where it need not be cut, and where it must
SIGNS = re.compile(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\.|.", re.DOTALL)  # no escape is cut in two


def labelled(label: str, text: str, screen: Screen, most: int = MOST) -> list[str]:
    """A text behind its label, in at most so many lines."""
    lines = wrap(screen.spell(text), screen.width, f"  {label:<{INDENT - 2}}", " " * INDENT) or [f"  {label}"]
    return cut(lines, most, screen)


def cut(lines: list[str], most: int, screen: Screen) -> list[str]:
    """The lines, or so many of them, with "…" at the end."""
    if len(lines) <= most:
        return lines
    end = screen.spell(" …")
    return [*lines[: most - 1], head(lines[most - 1], screen.width - len(end)).rstrip() + end]


def compared(wanted: str, got: str, differs: int, label: str, screen: Screen, most: int = MOST) -> list[list[str]]:
    """The lines of what was wanted, of what was got, and of the mark beneath; see Verdict for `differs` and `label`.

    Two texts that are too long for so many lines are cut round their first difference, and so are two of which
    where they differ is known.
    """
    whole = [labelled("wanted", wanted, screen, 1000) if wanted else [], labelled("got", got, screen, 1000)]
    if not differs and wanted and max(map(len, whole)) > most:
        differs = shared(wanted, got)
        label = label or "first difference"
        if differs < (screen.width - INDENT) // 2:
            differs = 0  # the beginning shows it
    if not differs:
        alone = most + 2 * (not wanted)  # it has the room of both
        return [labelled("wanted", wanted, screen, most) if wanted else [], labelled("got", got, screen, alone), []]
    left, right, column = _beneath(screen.spell(wanted), screen.spell(got), len(screen.spell(wanted[:differs])), screen)
    lines = [[f"  {name:<{INDENT - 2}}{text}"] for name, text in (("wanted", left), ("got", right))]
    return [*lines, _mark(INDENT + column, label, screen)]


def _beneath(wanted: str, got: str, differs: int, screen: Screen) -> tuple[str, str, int]:
    """Both texts in a line each, cut alike before where they differ, and the column of that."""
    room, cut = screen.width - INDENT, screen.spell("…")
    if max(columns(wanted), columns(got)) <= room:
        return wanted, got, columns(wanted[:differs])
    same = shared(wanted[differs:][::-1], got[differs:][::-1])  # at the end
    differing = max(columns(text[differs : len(text) - same]) for text in (wanted, got))
    before = max(room // 4, room - differing - room // 4)  # columns for what stands before it
    signs = SIGNS.findall(wanted[:differs])
    while signs and columns("".join(signs)) > before:
        signs = signs[1:]
    start = differs - len("".join(signs))
    shown = [fit((cut if start else "") + text[start:], room, cut) for text in (wanted, got)]
    return shown[0], shown[1], columns("".join(signs)) + bool(start)


def _mark(column: int, label: str, screen: Screen) -> list[str]:
    """A line that points at a column, and says why; two where both do not fit in one."""
    label = screen.spell(label)
    if column + 2 + columns(label) <= screen.width:
        return [" " * column + f"^ {label}"]
    if columns(label) < column - 2:
        return [f"{label} ^".rjust(column + 1)]
    return [" " * column + "^", *wrap(label, screen.width, " " * INDENT, " " * INDENT)]
