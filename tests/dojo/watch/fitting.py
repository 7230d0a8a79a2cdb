"""Make a page fit its terminal: what stays, what scrolls, and what shrinks first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dojo.core.columns import columns, wrap
from dojo.core.screen import COLOUR, Screen
from dojo.watch.keyboard import DOWN, PAGE_DOWN, PAGE_UP, UP

PAINTED = re.compile(r"(\033\[[0-9;]*m)([^\033]*)(\033\[0m)")
LEAST = 2  # lines that can scroll; what is below them gives way to them


@dataclass
class Page:
    """Lines for a screen: `top` and `below` stay, `body` scrolls where it is longer than the room between them."""

    top: list[str]
    body: list[str]
    below: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.top) + len(self.body) + len(self.below)


def fold(lines: list[str], width: int) -> list[str]:
    """The lines, those that are longer than the screen continued in the next one, at a word where there is one."""
    folded = []
    for line in lines:
        plain = COLOUR.sub("", line)
        if columns(plain) <= width:
            folded.append(line)
            continue
        painted = PAINTED.fullmatch(line)
        before, after = (painted[1], painted[3]) if painted else ("", "")
        indent = re.match(r"[-+ ]?\s*", plain)
        further = " " * min(width // 2, 4 + len(indent[0] if indent else ""))
        parts = wrap(plain, width, further=further)
        folded += [f"{before}{part}{after}" for part in parts]
    return folded


class Pager:
    """Which part of a page's body is on the screen."""

    def __init__(self) -> None:
        """Begin with the first line."""
        self.offset = 0
        self._room = 1

    def move(self, key: str) -> bool:
        """Scroll, if that is what the key asks for; whether it is."""
        if key in (" ", PAGE_DOWN):
            self.offset += self._room
        elif key in ("b", PAGE_UP):
            self.offset -= self._room
        elif key in (*DOWN, *UP):
            self.offset += 1 if key in DOWN else -1
        else:
            return False
        return True

    def lay(self, page: Page, height: int, screen: Screen) -> list[str]:
        """The lines of a page that are shown in `height` lines."""
        top, body, below = page.top[:height], page.body, page.below
        if below and height - len(top) - len(below) < min(LEAST, len(body)):
            body, below = [*below, *body], []
        room = height - len(top) - len(below)
        if len(body) <= room:
            self.offset = 0
            return [*top, *body, *below]
        told = room >= LEAST  # the last line says that there is more
        self._room = max(1, room - told)
        self.offset = max(0, min(self.offset, len(body) - self._room))
        until = self.offset + self._room
        shown = body[self.offset : until] if room > 0 else []
        words = f"  {self.offset + 1} to {until} of {len(body)} lines: space on, b back"
        more = [screen.paint(screen.cut(words), "yellow")] if told else []
        return [*top, *shown, *more, *below]
