"""What the terminal can show: its width, colours, and whether it knows more than ASCII."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TextIO

COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "dim": "2", "bold": "1"}
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
        width = shutil.get_terminal_size((80, 24)).columns
        return cls(max(40, min(width, 100)), colour, known)

    def paint(self, text: str, colour: str) -> str:
        """The text in a colour, if there are any."""
        return f"\033[{COLOURS[colour]}m{text}\033[0m" if self.colour and colour in COLOURS else text

    def spell(self, text: str) -> str:
        """The text in the characters that the terminal has; control characters made visible."""
        text = "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)
        return text if self.unicode else text.translate(ASCII).encode("ascii", "backslashreplace").decode()


def write(lines: list[str], stream: TextIO | None = None) -> None:
    """Print lines; a reader who has gone away is no error."""
    stream = stream or sys.stdout
    try:
        stream.write("\n".join(lines) + "\n")
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
