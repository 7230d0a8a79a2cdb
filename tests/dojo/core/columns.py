"""Text in columns of a terminal: East Asian characters and emoji take two, combining ones none (Unicode, UAX #11)."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence


def columns(text: str) -> int:
    """How many columns a text takes; it has no control characters."""
    return len(text) if text.isascii() else sum(map(_of, text))


def _of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 1 + (unicodedata.east_asian_width(char) in "WF")


def head(text: str, width: int) -> str:
    """As much of the beginning of a text as `width` columns hold."""
    if columns(text) <= width:
        return text
    taken = 0
    for place, char in enumerate(text):
        taken += _of(char)
        if taken > width:
            return text[:place]
    return text


def fit(text: str, width: int, mark: str = "…") -> str:
    """The text in at most `width` columns; `mark` stands for what does not fit."""
    return text if columns(text) <= width else head(text, width - len(mark)) + mark


def pad(text: str, width: int) -> str:
    """The text with blanks behind it, up to `width` columns."""
    return text + " " * (width - columns(text))


def wrap(text: str, width: int, first: str = "", further: str = "", whole: bool = False) -> list[str]:
    """The text in lines of at most `width` columns, cut at blanks; `first` and `further` stand before them.

    `whole`: no word is cut in two, however long it is.
    """
    if text.isascii():
        return textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False,
            break_long_words=not whole,
        )  # fmt: skip
    lines: list[str] = []
    line = ""
    for word in re.findall(r" *[^ ]+", text):  # with the blanks before it, which no line begins with
        if line and columns(line + word) <= width:
            line += word
            continue
        lines, line = [*lines, *[line] * bool(line)], (further if lines or line else first) + word.lstrip()
        while columns(line) > width and not whole:
            part = head(line, max(width, len(further) + 2))
            lines, line = [*lines, part], further + line[len(part) :]
    return [*lines, line] if line.strip() else lines


def shared(left: Sequence[object], right: Sequence[object]) -> int:
    """How many characters two texts, or bytes two byte strings, have in common before they differ."""
    pairs = zip(left, right, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
