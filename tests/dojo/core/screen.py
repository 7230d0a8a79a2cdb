"""What the terminal can show: its width, colours, and whether it knows more than ASCII."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from dojo.core.columns import fit
from dojo.core.places import BadInput

COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "dim": "2", "bold": "1"}
COLOUR = re.compile(r"\033\[[0-9;]*m")
ASCII = str.maketrans(
    {
        "✗": "x",
        "✓": "+",
        "·": "-",
        "…": "~",
        "■": "#",
        "│": "|",
        "→": ">",
        "←": "<",
        "—": "-",
        "–": "-",
        "×": "x",
        "○": "o",
    }
)


@dataclass(frozen=True)
class Screen:
    """Where a report goes."""

    width: int = 80
    colour: bool = False
    unicode: bool = True
    height: int = 0  # lines; 0 where there is no end

    @classmethod
    def plain(cls) -> Screen:
        """80 columns, no colour: for files and for other people's reporters."""
        return cls()

    @classmethod
    def of(cls, stream: TextIO) -> Screen:
        """What `stream` can show. NO_COLOR and TERM=dumb are honoured, as is COLUMNS."""
        tty = stream.isatty()
        colour = tty and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
        try:
            "✗│…".encode(stream.encoding or "ascii")
            known = True
        except UnicodeEncodeError:
            known = False
        size = shutil.get_terminal_size((80, 24))
        return cls(max(40, min(size.columns, 100)), colour, known, size.lines if tty else 0)

    def paint(self, text: str, colour: str) -> str:
        """The text in a colour, if there are any."""
        return f"\033[{COLOURS[colour]}m{text}\033[0m" if self.colour and colour in COLOURS else text

    def cut(self, text: str) -> str:
        """The text as one line of the screen; "…" stands for what does not fit."""
        return fit(text, self.width, self.spell("…"))

    def spell(self, text: str) -> str:
        """The text in the characters that the terminal has; control characters made visible."""
        text = "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)
        return text if self.unicode else text.translate(ASCII).encode("ascii", "backslashreplace").decode()


class Unwritable(BadInput):
    """Standard output takes nothing any more; the text says why."""


class Guarded(io.TextIOWrapper):
    """Standard output, whose reader may go away, which is no error, and whose disk may be full, which is one line."""

    def write(self, text: str) -> int:
        """Print; raises Unwritable."""
        with self._told():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Print what is kept; raises Unwritable."""
        with self._told():
            super().flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # What is kept has to go somewhere, or the interpreter tries again when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if not isinstance(error, BrokenPipeError):
                raise Unwritable(f"standard output cannot be written: {error.strerror}") from None


def guard() -> None:
    """Let a failure to print be one line, wherever it comes."""
    global _guarded
    old = sys.stdout
    if isinstance(old, io.TextIOWrapper):
        _guarded = Guarded(
            old.buffer, old.encoding, old.errors, line_buffering=old.line_buffering, write_through=old.write_through
        )
        sys.stdout = _guarded


_guarded: Guarded | None = None  # never collected: that would close what others hold too


def write(lines: list[str], stream: TextIO | None = None) -> None:
    """Print lines, at once."""
    stream = stream or sys.stdout
    stream.write("\n".join(lines) + "\n")
    stream.flush()
